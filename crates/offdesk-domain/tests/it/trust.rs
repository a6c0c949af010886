//! The ladder, reviews and paired times, by the worked cases of the science document.

use offdesk_domain::trust::{
    CLEAN_IN_A_ROW, Checked, IN_A_ROW, Ladder, paired_ratio, review_share, share_checked,
    share_checked_one_rung, share_escaped, share_escaped_one_rung, worst_escape,
};
use proptest::prelude::*;
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{found} is not {expected}"
    );
}

#[test]
fn w06_the_worst_that_gets_out() {
    for (clean, per_cent, fault_rate) in [
        (5, 8.792_462_217_396_851, 0.172_2),
        (10, 4.606_800_481_155_263, 0.092_7),
        (16, 2.931_847_718_546_744, 0.059_7),
        (24, 1.974_596_276_434_209_5, 0.040_4),
    ] {
        let (escaped, at) = worst_escape(clean);
        near(escaped * 100.0, per_cent, 0.002);
        near(at, fault_rate, 0.000_2);
    }
}

#[test]
fn w07_the_share_checked_on_the_ladder() {
    for (fault_rate, share) in [
        (0.01, 0.125_338_442_143_259_48),
        (0.02, 0.155_637_307_797_678_48),
        (0.05, 0.277_504_792_635_315_2),
        (0.1, 0.541_659_374_890_554_2),
    ] {
        near(share_checked(fault_rate, CLEAN_IN_A_ROW), share, 1e-9);
    }
    near(share_checked(0.0, CLEAN_IN_A_ROW), 0.1, 1e-12);
    near(share_checked(1.0, CLEAN_IN_A_ROW), 1.0, 1e-12);
}

#[test]
fn w08_one_rung() {
    near(
        share_checked_one_rung(0.1, 10, 0.2),
        0.417_586_442_495_309,
        1e-9,
    );
    near(
        share_escaped_one_rung(0.1, 10, 0.2, 1.0),
        0.058_241_355_750_469_1,
        1e-9,
    );
    near(
        share_escaped_one_rung(0.1, 10, 0.2, 0.8),
        0.070_776_830_210_135_66,
        1e-9,
    );
}

#[test]
fn w10_the_share_to_review() {
    for (seen, most, share) in [
        ((20, 0), 0.132_945_911_026_523_37, 0.623_907_199_447_264_2),
        ((20, 1), 0.206_725_378_008_069_95, 0.758_133_228_537_710_7),
        ((60, 1), 0.075_422_032_030_501_6, 0.337_063_737_824_255_6),
        (
            (100, 2),
            0.061_022_102_608_543_335,
            0.180_624_759_511_321_66,
        ),
    ] {
        let found = review_share(seen, (1.0, 1.0), 0.05, 0.95, 1.0).unwrap();
        near(found.fault_rate_at_most, most, 1e-6);
        near(found.share, share, 1e-6);
        assert!(found.is_enough);
    }
    let blind = review_share((10, 8), (1.0, 1.0), 0.05, 0.95, 0.5).unwrap();
    assert!(!blind.is_enough && blind.share > 0.999);
    assert_eq!(review_share((5, 6), (1.0, 1.0), 0.05, 0.95, 1.0), None);
    assert_eq!(review_share((5, 1), (1.0, 1.0), 0.05, 0.95, 0.0), None);
}

#[test]
fn w12_the_ratio_of_paired_times() {
    let owner = [60.0, 45.0, 90.0, 30.0, 75.0, 50.0];
    let person = [84.0, 60.0, 117.0, 48.0, 90.0, 70.0];
    let pairs: Vec<(f64, f64)> = owner.into_iter().zip(person).collect();
    let found = paired_ratio(&pairs, 0.95).unwrap();
    let (ratio, (low, high)) = found.geometric;
    near(ratio, 1.366_909_929_002_323_7, 1e-9);
    near(low, 1.235_973_114_334_320_8, 1e-9);
    near(high, 1.511_717_959_181_868_6, 1e-9);
    let (ratio, interval) = found.totals;
    let (low, high) = interval.unwrap();
    near(ratio, 1.34, 1e-9);
    near(low, 1.248_436_289_612_556_5, 1e-9);
    near(high, 1.511_622_463_541_747_2, 1e-9);
    let wild = paired_ratio(&[(1.0, 5.0), (90.0, 4.0)], 0.95).unwrap();
    assert_eq!(wild.totals.1, None);
    assert_eq!(paired_ratio(&[(1.0, 1.0)], 0.95), None);
    assert_eq!(paired_ratio(&[(1.0, 0.0), (1.0, 1.0)], 0.95), None);
}

proptest! {
    #[test]
    fn the_ladder_checks_between_the_last_rung_and_all(fault_rate in 0.0..1.0_f64, clean in 1..40_u32) {
        let checked = share_checked(fault_rate, clean);
        prop_assert!((0.1 - 1e-9..=1.0 + 1e-9).contains(&checked), "{checked}");
        prop_assert!(share_escaped(fault_rate, clean) <= fault_rate + 1e-12);
        prop_assert!(share_escaped(fault_rate, CLEAN_IN_A_ROW) <= 0.046_1);
    }
}

/// Walks the ladder itself, deliverable by deliverable, with faults and picks by chance: so many as `all`. Gives the share checked and
/// the share that got out with a fault.
fn simulated(fault_rate: f64, in_a_row: u32, all: u32, random: &mut Pcg64Mcg) -> (f64, f64) {
    let (mut checked, mut escaped) = (0_u32, 0_u32);
    let mut ladder = Ladder::new(in_a_row, false);
    for _ in 0..all {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let drawn = (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        let has_fault = drawn < fault_rate;
        if ladder.is_picked(random.next_u64()) {
            checked += 1;
            ladder = ladder.after(if has_fault {
                Checked::Fault
            } else {
                Checked::Clean
            });
        } else {
            escaped += u32::from(has_fault);
        }
    }
    let of_all = |count: u32| f64::from(count) / f64::from(all);
    (of_all(checked), of_all(escaped))
}

#[test]
fn what_gets_out_never_passes_the_worst_that_is_stated() {
    const ALL: u32 = 4_000_000;
    let mut random = Pcg64Mcg::seed_from_u64(20_261_128);
    for (in_a_row, stated) in IN_A_ROW.into_iter().zip([0.088, 0.0461, 0.0294, 0.0198]) {
        let (worst, at) = worst_escape(in_a_row);
        assert!(worst <= stated);
        for fault_rate in [0.005, 0.01, 0.02, 0.05, at, 0.1, 0.2, 0.3, 0.4] {
            let (checked, escaped) = simulated(fault_rate, in_a_row, ALL, &mut random);
            // Faults that get out come in runs, so chance still moves a share of four million by a thousandth.
            near(checked, share_checked(fault_rate, in_a_row), 0.012);
            near(escaped, share_escaped(fault_rate, in_a_row), 0.0015);
            assert!(
                escaped <= stated + 0.0015,
                "{fault_rate} {in_a_row}: {escaped}"
            );
        }
    }
}

#[test]
fn a_faultless_person_climbs_in_seventy() {
    let mut random = Pcg64Mcg::seed_from_u64(7);
    for (in_a_row, usual) in [(5, 35.0), (10, 70.0), (16, 112.0), (24, 168.0)] {
        let climbs = 20_000;
        let mut all = 0_u32;
        for _ in 0..climbs {
            let mut ladder = Ladder::new(in_a_row, false);
            while ladder.rung() < 3 {
                all += 1;
                if ladder.is_picked(random.next_u64()) {
                    ladder = ladder.after(Checked::Clean);
                }
            }
        }
        near(f64::from(all) / f64::from(climbs), usual, 0.5);
    }
}
