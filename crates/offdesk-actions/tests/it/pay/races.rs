//! Several at once who pay the same, note that the same payment came back, or take the same line back: one of them does, and the ledger
//! holds. How many such races are run is asked for by the environment.

use std::time::Instant;

use offdesk_actions::pay::{
    CameBack, Correction, NewReturn, correct_posting, note_returned_payment,
};

use crate::handed_off::Desk;
use crate::stores::{at_once, many, moment, on_each_store};

/// So many who do the same at the same moment.
const AT_ONCE: usize = 6;
/// So many races where nobody asks for another number.
const RACES: u64 = 104;
/// A statement is paid, and its payment comes back, so often; then it is paid for good.
const TURNS: usize = 5;

/// One race: exactly one of several wins.
#[track_caller]
fn one_wins(count: &mut u64, act: impl Fn() -> bool + Sync) {
    let won = at_once(AT_ONCE, |_| act());
    assert_eq!(won.iter().filter(|it| **it).count(), 1, "race {count}");
    *count += 1;
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long the races take is told with them"
)]
fn now() -> Instant {
    Instant::now()
}

#[test]
fn sec_27_nothing_is_paid_or_taken_back_twice() {
    let races = many("OFFDESK_TEST_RACES", RACES);
    on_each_store("pay_races", |store| {
        let (start, mut count) = (now(), 0);
        let desk = Desk::of(store);
        let mut round = 0_i64;
        while count < races {
            round += 1;
            desk.done(0);
            desk.done(0);
            let at = moment(round * 32 * 86_400);
            desk.draw_up(at).unwrap();
            for _ in 0..TURNS {
                one_wins(&mut count, || desk.pay_at(round, None, at).is_ok());
                let paid = desk.statement(round).payments;
                let last = paid.iter().map(|made| made.posting).max().unwrap();
                one_wins(&mut count, || {
                    let done = desk.owns(move |tx, actor| {
                        note_returned_payment(
                            tx,
                            actor,
                            (round, last),
                            NewReturn::of(CameBack::Payment, None),
                            at,
                        )
                    });
                    done.is_ok()
                });
            }
            one_wins(&mut count, || desk.pay_at(round, None, at).is_ok());
            let lines = desk.statement(round).statement.lines;
            // The other one stays, so that something is owed next time.
            let line = lines.iter().find(|line| line.reverses.is_none()).unwrap();
            let line = line.posting;
            one_wins(&mut count, || {
                let correct = Correction::default();
                let done =
                    desk.owns(move |tx, actor| correct_posting(tx, actor, line, &correct, at));
                done.is_ok()
            });
        }
        desk.holds();
        let seconds = start.elapsed().as_secs_f64();
        let kind = store.address().kind();
        eprintln!("{count} races of {AT_ONCE} each on {kind}: {seconds:.1} s");
    });
}
