//! Tests of following rules: against another program, and of rules that go on without end.

use std::ops::ControlFlow;

use super::rule::Rule;
use super::walk::{Budget, TooFar};

const DAY: i64 = 86_400;

/// Rule; start, window from and to; number of instances (at most 200), the first, the last, and a checksum.
type Case = (&'static str, (i64, i64, i64), (i64, i64, i64, i64));

/// Instances as Python's dateutil gives them, for rules made at random.
const CASES: &[Case] = &[
    (
        "FREQ=YEARLY;INTERVAL=2;WKST=MO;COUNT=47",
        (1_598_124_034, 1_598_124_034, 1_727_724_034),
        (3, 1_598_124_034, 1_724_354_434, 534_623),
    ),
    (
        "FREQ=YEARLY;INTERVAL=1;BYDAY=WE;UNTIL=20240829T090000",
        (1_590_656_400, 1_591_088_400, 1_720_688_400),
        (200, 1_591_174_800, 1_711_530_000, 1_040_067_800),
    ),
    (
        "FREQ=YEARLY;INTERVAL=1;BYMONTHDAY=-7,1,13,17;BYHOUR=7;WKST=SU;UNTIL=20210816T090000",
        (1_587_718_800, 1_587_718_800, 1_717_318_800),
        (63, 1_587_718_800, 1_628_838_000, 88_493_308),
    ),
    (
        "FREQ=YEARLY;INTERVAL=30;BYMONTHDAY=20,29,31;BYHOUR=21;UNTIL=20260530T000000",
        (1_614_384_000, 1_614_384_000, 1_743_984_000),
        (27, 1_614_384_000, 1_640_984_400, 35_643_487),
    ),
    (
        "FREQ=MONTHLY;INTERVAL=1;BYDAY=2FR,3TU;BYSETPOS=-5,1",
        (1_568_640_600, 1_603_200_600, 1_732_800_600),
        (49, 1_605_274_200, 1_731_072_600, 83_483_533),
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,2,5,9;BYHOUR=19",
        (1_575_466_200, 1_575_898_200, 1_705_498_200),
        (4, 1_580_844_600, 1_675_539_000, 892_269),
    ),
    (
        "FREQ=MONTHLY;INTERVAL=30;BYMINUTE=12,15;WKST=TH;UNTIL=20230423T043754",
        (1_608_179_874, 1_605_587_874, 1_735_187_874),
        (1, 1_608_179_874, 1_608_179_874, 35_287),
    ),
    (
        "FREQ=MONTHLY;INTERVAL=1;BYMONTH=1,10,12;BYDAY=-1SU;BYSECOND=50",
        (1_616_662_800, 1_616_662_800, 1_746_262_800),
        (13, 1_616_662_800, 1_737_882_050, 4_745_842),
    ),
    (
        "FREQ=WEEKLY;INTERVAL=3;BYMONTH=4,8;BYDAY=FR,SA,MO;UNTIL=20220914T090000",
        (1_559_466_000, 1_594_026_000, 1_723_626_000),
        (21, 1_597_050_000, 1_660_986_000, 11_866_421),
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYSECOND=20;WKST=TH",
        (1_614_675_600, 1_649_235_600, 1_778_835_600),
        (107, 1_649_754_020, 1_777_971_620, 303_364_260),
    ),
    (
        "FREQ=WEEKLY;INTERVAL=1;BYMONTH=2,6,12;BYDAY=SA,MO;UNTIL=20221008T133000",
        (1_599_917_400, 1_597_325_400, 1_726_925_400),
        (49, 1_599_917_400, 1_656_336_600, 82_786_565),
    ),
    (
        "FREQ=WEEKLY;INTERVAL=30;BYSECOND=10,29;WKST=FR",
        (1_574_899_200, 1_574_899_200, 1_704_499_200),
        (17, 1_574_899_200, 1_701_907_229, 2_938_924),
    ),
    (
        "FREQ=DAILY;INTERVAL=30;BYMINUTE=48;WKST=SA",
        (1_615_539_600, 1_615_539_600, 1_745_139_600),
        (51, 1_615_539_600, 1_742_550_480, 72_858_198),
    ),
    (
        "FREQ=DAILY;INTERVAL=1;BYMONTHDAY=-21,6,8;WKST=SU",
        (1_564_752_600, 1_564_752_600, 1_694_352_600),
        (148, 1_564_752_600, 1_694_352_600, 746_550_504),
    ),
    (
        "FREQ=DAILY;INTERVAL=1;BYMONTHDAY=-31,1,8;WKST=SU;COUNT=53",
        (1_617_872_400, 1_618_304_400, 1_747_904_400),
        (52, 1_619_859_600, 1_686_214_800, 71_189_879),
    ),
    (
        "FREQ=DAILY;INTERVAL=3;BYDAY=TU,MO,FR;WKST=SU;UNTIL=20250702T000000",
        (1_588_636_800, 1_657_756_800, 1_787_356_800),
        (155, 1_657_843_200, 1_750_636_800, 240_671_184),
    ),
    (
        "FREQ=HOURLY;INTERVAL=5;BYMONTHDAY=-2;BYDAY=TU;BYHOUR=13,16;BYMINUTE=4,48",
        (1_615_161_600, 1_615_161_600, 1_632_441_600),
        (3, 1_615_161_600, 1_624_974_480, 355_849),
    ),
    (
        "FREQ=HOURLY;INTERVAL=1;BYDAY=SA,FR;BYMINUTE=44,49;BYSETPOS=2,4;WKST=SU",
        (1_620_896_400, 1_620_896_400, 1_638_176_400),
        (200, 1_620_896_400, 1_623_394_140, 1_259_667_883),
    ),
    (
        "FREQ=HOURLY;INTERVAL=3;WKST=MO;COUNT=36",
        (1_554_714_000, 1_554_714_000, 1_571_994_000),
        (36, 1_554_714_000, 1_555_092_000, 37_927_496),
    ),
    (
        "FREQ=HOURLY;INTERVAL=3;WKST=SA;UNTIL=20220423T090000",
        (1_612_083_600, 1_612_515_600, 1_629_795_600),
        (200, 1_612_515_600, 1_614_664_800, 1_130_378_425),
    ),
    (
        "FREQ=MINUTELY;INTERVAL=2;BYMONTHDAY=8,29;BYDAY=SU,TH",
        (1_593_475_200, 1_593_475_200, 1_595_203_200),
        (1, 1_593_475_200, 1_593_475_200, 18_443),
    ),
    (
        "FREQ=MINUTELY;INTERVAL=1;BYMONTH=6,10;BYDAY=TU,TH,SA;BYHOUR=20;BYMINUTE=8,34,54",
        (1_560_432_600, 1_560_432_600, 1_562_160_600),
        (25, 1_560_432_600, 1_561_841_640, 29_893_770),
    ),
    (
        "FREQ=MINUTELY;INTERVAL=2;BYMONTH=7,9;BYHOUR=16,17,20;BYMINUTE=2,36;WKST=SA",
        (1_586_822_400, 1_586_822_400, 1_588_550_400),
        (1, 1_586_822_400, 1_586_822_400, 18_366),
    ),
    (
        "FREQ=MINUTELY;INTERVAL=30;BYMONTHDAY=-2,24;UNTIL=20221129T133000",
        (1_611_408_600, 1_645_968_600, 1_647_696_600),
        (21, 1_645_968_600, 1_646_004_600, 21_171_150),
    ),
    (
        "FREQ=SECONDLY;INTERVAL=1;BYMONTH=10;BYMINUTE=45,54,57;UNTIL=20230110T090000",
        (1_595_840_400, 1_595_840_400, 1_596_099_600),
        (1, 1_595_840_400, 1_595_840_400, 50_870),
    ),
    (
        "FREQ=SECONDLY;INTERVAL=5;BYHOUR=7;BYMINUTE=22,44,48",
        (1_551_139_200, 1_551_139_200, 1_551_398_400),
        (109, 1_551_139_200, 1_551_340_135, 273_197_131),
    ),
    (
        "FREQ=SECONDLY;INTERVAL=1;BYMONTHDAY=1,11,28;BYDAY=SU;BYSECOND=30,53;UNTIL=20240505T000000",
        (1_591_228_800, 1_591_228_800, 1_591_488_000),
        (1, 1_591_228_800, 1_591_228_800, 18_417),
    ),
    (
        "FREQ=SECONDLY;INTERVAL=7;BYMONTH=9;BYMONTHDAY=-31,-13,-2,22;BYSECOND=15",
        (1_552_813_200, 1_552_813_200, 1_553_072_400),
        (1, 1_552_813_200, 1_552_813_200, 50_372),
    ),
    (
        "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=3,20,53;BYDAY=WE;BYMINUTE=26,31,40",
        (1_609_885_535, 1_607_293_535, 1_736_893_535),
        (13, 1_609_885_535, 1_684_363_235, 9_138_997),
    ),
    (
        "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=-30,26,45;BYDAY=SU,FR;BYMINUTE=50;WKST=TH;UNTIL=20201015T000000",
        (1_591_142_400, 1_591_574_400, 1_721_174_400),
        (2, 1_593_132_600, 1_593_305_400, 64_321),
    ),
    (
        "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=-38,-20,5;BYDAY=SU,MO,SA",
        (1_577_734_779, 1_577_734_779, 1_707_334_779),
        (19, 1_577_734_779, 1_692_560_379, 17_112_116),
    ),
    (
        "FREQ=YEARLY;INTERVAL=30;BYMONTH=5;BYYEARDAY=-299,156;BYWEEKNO=-44;BYDAY=TH,TU;BYHOUR=16,23;WKST=SU;UNTIL=20250404T133000",
        (1_573_738_200, 1_571_146_200, 1_700_746_200),
        (1, 1_573_738_200, 1_573_738_200, 66_814),
    ),
    (
        "FREQ=YEARLY;INTERVAL=1;BYMONTH=2,3,4,10;BYYEARDAY=-113,242,265,300;BYMINUTE=52",
        (1_609_372_800, 1_609_372_800, 1_738_972_800),
        (5, 1_609_372_800, 1_729_903_920, 336_775),
    ),
    (
        "FREQ=YEARLY;INTERVAL=1;BYYEARDAY=-198,-130,-95,21,122;BYSECOND=17;BYSETPOS=-4",
        (1_587_686_400, 1_587_686_400, 1_717_286_400),
        (6, 1_587_686_400, 1_714_521_617, 404_644),
    ),
    (
        "FREQ=WEEKLY;INTERVAL=5;BYMONTHDAY=20,21,22,23;BYSETPOS=1,5;WKST=SU;COUNT=43",
        (1_548_147_600, 1_617_267_600, 1_746_867_600),
        (12, 1_626_771_600, 1_729_414_800, 4_060_295),
    ),
    (
        "FREQ=HOURLY;INTERVAL=7;BYDAY=SU,SA,MO;BYSETPOS=-1;WKST=TU;COUNT=6",
        (1_610_755_200, 1_610_755_200, 1_628_035_200),
        (6, 1_610_755_200, 1_610_881_200, 1_205_114),
    ),
    (
        "FREQ=MONTHLY;INTERVAL=30;BYSECOND=11,17,56;BYSETPOS=-3,2;WKST=TH;COUNT=13",
        (1_607_117_651, 1_607_117_651, 1_736_717_651),
        (4, 1_607_117_651, 1_685_914_457, 968_930),
    ),
    (
        "FREQ=SECONDLY;INTERVAL=30;BYMONTH=6,9;BYMONTHDAY=-19,6,24,29;BYHOUR=23;BYMINUTE=10,27,32;WKST=SU",
        (1_620_891_221, 1_618_299_221, 1_618_558_421),
        (0, 0, 0, 0),
    ),
    (
        "FREQ=DAILY;INTERVAL=1;BYMONTH=1,5,9,10;UNTIL=20191017T090000",
        (1_567_414_800, 1_636_534_800, 1_766_134_800),
        (0, 0, 0, 0),
    ),
];

fn walls(text: &str, start: i64, window: (i64, i64)) -> (Vec<i64>, Result<(), TooFar>) {
    let mut got = Vec::new();
    let Some(rule) = Rule::parse(text) else {
        return (got, Err(TooFar));
    };
    let until = rule.until.map(|until| until.wall);
    let mut budget = Budget::default();
    let walk = rule.each(start, until, window, &mut budget, &mut |wall| {
        got.push(wall);
        if got.len() >= 200 {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    (got, walk)
}

#[test]
fn agrees_with_dateutil() {
    for (text, (start, from, to), expected) in CASES {
        let (got, walk) = walls(text, *start, (*from, *to));
        assert_eq!(walk, Ok(()), "{text}");
        let count = i64::try_from(got.len()).unwrap();
        let ends = (
            got.first().copied().unwrap_or(0),
            got.last().copied().unwrap_or(0),
        );
        let sum = (1..).zip(&got).map(|(n, w)| n * (w % DAY + w / DAY)).sum();
        assert_eq!((count, ends.0, ends.1, sum), *expected, "{text}");
    }
}

#[test]
fn walks_end() {
    let five_years = (1_637_625_600, 1_829_995_200);
    let cases = [
        ("FREQ=SECONDLY;INTERVAL=60;BYSECOND=30", Err(TooFar), 1),
        (
            "FREQ=DAILY;COUNT=4000000000;BYMONTH=2;BYMONTHDAY=30",
            Ok(()),
            1,
        ),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", Ok(()), 1),
        ("FREQ=YEARLY;INTERVAL=1000000000", Ok(()), 1),
        ("FREQ=MONTHLY;INTERVAL=1000000000;COUNT=9", Ok(()), 1),
        ("FREQ=WEEKLY;INTERVAL=1000000000", Ok(()), 1),
        ("FREQ=HOURLY;INTERVAL=1000000000", Ok(()), 1),
        ("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=7;BYDAY=MO", Ok(()), 1),
    ];
    for (text, end, count) in cases {
        let (got, walk) = walls(text, 1_700_000_000, five_years);
        assert_eq!((walk, got.len()), (end, count), "{text}");
    }
    // From the year 1, counted: 100,000 days do not reach the window.
    let (got, walk) = walls("FREQ=DAILY;COUNT=4000000000", -62_135_596_800, five_years);
    assert_eq!((got.len(), walk), (0, Err(TooFar)));
    // The same without a count begins where the window begins.
    let (got, walk) = walls("FREQ=DAILY", -62_135_596_800, five_years);
    assert_eq!((got.len(), walk), (200, Ok(())));
    // A set of 31 million instances a year is not laid out to find its last one.
    let all = |n: i64| (0..n).map(|i| i.to_string()).collect::<Vec<_>>().join(",");
    let text = format!(
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR={};BYMINUTE={};BYSECOND={};BYSETPOS=-1",
        all(24),
        all(60),
        all(60)
    );
    let (got, walk) = walls(&text, 1_700_000_000, five_years);
    assert_eq!((walk, got.get(1)), (Ok(()), Some(&1_704_067_199)));
}
