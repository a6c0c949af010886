//! Which postings put right what was stated before, by worked cases.

use super::*;

#[test]
fn what_puts_right_what_was_stated_is_a_correction() {
    let check = |taken: &[(u64, u64, bool, Option<u64>)], expected: &[u64]| {
        let taken = taken
            .iter()
            .map(|(number, of, was_stated, in_its_place)| TakenBack {
                number: *number,
                of: *of,
                was_stated: *was_stated,
                in_its_place: *in_its_place,
            });
        let found: Vec<u64> = corrections(taken).into_iter().collect();
        assert_eq!(found, expected);
    };
    check(&[], &[]);
    // Taken back whole, and put right.
    check(&[(3, 1, true, None)], &[3]);
    check(&[(3, 1, true, Some(4))], &[3, 4]);
    // Taken back before it was stated, and put right before.
    check(&[(3, 1, false, None)], &[]);
    check(&[(3, 1, false, Some(4))], &[]);
    // Put right twice: what stands in the place of a correction is one as well.
    check(
        &[(3, 1, true, Some(4)), (5, 4, false, Some(6))],
        &[3, 4, 5, 6],
    );
    check(&[(3, 1, false, Some(4)), (5, 4, false, Some(6))], &[]);
    check(&[(3, 1, false, Some(4)), (5, 4, true, None)], &[5]);
}
