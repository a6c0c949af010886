//! How sure a choice is and how to go on with it: the sentences that every door says alike.

use offdesk_domain::decision::Advice;

use super::{Answer, Choice, Next, Question, Trial, Weighed, hour_of};

/// How an amount is written.
type Amount<'a> = &'a dyn Fn(f64) -> String;
/// How a way is called.
type Name<'a> = &'a dyn Fn(usize) -> String;

/// What each time brings that would be lost, in a few words, as `Input::name` has the inputs.
pub const BRINGS: &str = "what each time brings";

/// One sentence: what stands out, and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// What stands out.
    pub lead: String,
    /// The rest of the sentence.
    pub rest: String,
}

impl Saying {
    /// Both together.
    #[must_use]
    pub fn whole(&self) -> String {
        format!("{}{}", self.lead, self.rest)
    }
}

/// How sure a choice is.
struct Going {
    next: Next,
    /// The trial to make, and with whom where there are several.
    trial: Option<(Trial, Option<String>)>,
    /// What knowing everything would bring beside the choice.
    knowing: f64,
    /// What an hour of the owner's best work is worth.
    hour: f64,
    /// Whether what matters most stands below.
    is_more_below: bool,
}

impl Going {
    /// The one wording of the advice. Analysing is over only where knowing everything would bring less than an hour.
    fn saying(self, amount: Amount<'_>) -> Option<Saying> {
        let knowing = amount(self.knowing);
        let (lead, rest) = match (self.next, self.trial) {
            (_, Some((trial, who))) => (
                match who {
                    Some(who) => format!("Try {} with {who} first", trial.assignments),
                    None => format!("Try {} first", trial.assignments),
                },
                format!(
                    ", all of them reviewed: that is worth about {}.",
                    amount(trial.worth)
                ),
            ),
            (Next::Unknown | Next::TryFirst, None) => return None,
            (Next::FindOut, None) => {
                let more = if self.is_more_below {
                    " What matters most stands below."
                } else {
                    ""
                };
                (
                    "It is not clear yet".to_owned(),
                    format!(": knowing everything would be worth about {knowing}.{more}"),
                )
            }
            (Next::Go, None) if self.knowing < self.hour => (
                "Stop analysing".to_owned(),
                format!(
                    ": more thinking is not worth it, as knowing everything would bring about {knowing}, less than an hour of yours."
                ),
            ),
            (Next::Go, None) => (
                "It is sure enough".to_owned(),
                format!(
                    ", though knowing everything would be worth about {knowing}, more than an hour of yours."
                ),
            ),
        };
        Some(Saying { lead, rest })
    }
}

impl Answer {
    /// How to go on; `None` where nothing is in doubt.
    #[must_use]
    pub fn going_on(&self, question: &Question, amount: Amount<'_>) -> Option<Saying> {
        let of_drop = self.drop_doubt.as_ref().filter(|it| !it.tornado.is_empty());
        Going {
            next: self.next,
            trial: self.trial.map(|trial| (trial, None)),
            knowing: self.chances.as_ref()?.value_of_knowing,
            hour: hour_of(question),
            is_more_below: !self.tornado.is_empty() || of_drop.is_some(),
        }
        .saying(amount)
    }

    /// What no longer doing it may come to, in one sentence; `None` where it was not said what it brings, or nothing is in doubt.
    #[must_use]
    pub fn drop_in_words(&self, amount: Amount<'_>) -> Option<String> {
        let doubt = self.drop_doubt.as_ref()?;
        let what = if self.verdict == Advice::Drop {
            "Dropping it"
        } else {
            "If nobody does it, that"
        };
        Some(format!(
            "{what} comes to {} to {} in nine of ten cases, and is the best choice in {} of what may come.",
            amount(doubt.chances.p5),
            amount(doubt.chances.p95),
            per_cent(doubt.best)
        ))
    }
}

impl Weighed {
    /// How to go on; `None` where nothing is in doubt.
    #[must_use]
    pub fn going_on(&self, name: Name<'_>, amount: Amount<'_>) -> Option<Saying> {
        let side = self.chosen().or(self.sides.first())?;
        Going {
            next: self.next,
            trial: self.trial.map(|(at, trial)| (trial, Some(name(at)))),
            knowing: self.value_of_knowing,
            hour: hour_of(&side.question),
            // Not every door shows it below.
            is_more_below: false,
        }
        .saying(amount)
    }

    /// What to choose, as it follows the name of the activity; where two come to the same, both.
    #[must_use]
    pub fn choice_in_words(&self, name: Name<'_>) -> String {
        let verb = |choice| match choice {
            Choice::Way(at) => format!("hand it to {}", name(at)),
            Choice::Keep => "keep it".to_owned(),
            Choice::Drop => "drop it".to_owned(),
        };
        match (self.choice, self.same_as) {
            (choice, None) => verb(choice),
            (Choice::Way(one), Some(Choice::Way(other))) => {
                format!("{} or {}, either is fine", name(one), name(other))
            }
            (choice, Some(other)) => {
                format!("{} or {}, either is fine", verb(choice), verb(other))
            }
        }
    }

    /// What to do about two that come to the same; `None` where one is chosen.
    #[must_use]
    pub fn same_in_words(&self) -> Option<&'static str> {
        self.same_as.map(|_| {
            "It makes no difference: less than an hour of yours lies between the two. Take the one you like better."
        })
    }

    /// How often each choice is the best, each by its name; `None` where nothing is in doubt.
    #[must_use]
    pub fn shares_in_words(&self, name: Name<'_>) -> Option<String> {
        if self.next == Next::Unknown {
            return None;
        }
        let called = |choice| match choice {
            Choice::Way(at) => name(at),
            Choice::Keep => "keeping it".to_owned(),
            Choice::Drop => "dropping it".to_owned(),
        };
        let ways = (0..).zip(&self.sides);
        let mut shares: Vec<(Choice, f64)> = ways
            .map(|(at, side)| (Choice::Way(at), side.best))
            .chain([(Choice::Keep, self.keep_best)])
            .chain(self.dropped.map(|_| (Choice::Drop, self.drop_best)))
            .collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1));
        let favourite = shares.first().map(|(choice, _)| *choice)?;
        let told = shares.iter().enumerate();
        let told = told.map(|(place, (choice, share))| {
            let (who, share) = (called(*choice), per_cent(*share));
            match (place, choice) {
                (0, Choice::Way(_)) => {
                    format!("{who} is the best choice in {share} of what may come")
                }
                (0, _) => format!(
                    "{} is the best choice in {share} of what may come",
                    capital(&who)
                ),
                _ => format!("{who} in {share}"),
            }
        });
        let mut out = told.collect::<Vec<_>>().join(", ") + ".";
        if favourite != self.choice && self.same_as.is_none() {
            out += &format!(
                " At the likeliest figures {} brings the most.",
                called(self.choice)
            );
        }
        Some(out)
    }
}

fn per_cent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::{answer, weigh};

    const WAYS: &str = r#""value_of_work_hour": [20, 75, 300], "share_redeployed": [0, 0.5, 1], "owner_hours": 1.5, "times_per_week": 4"#;

    fn question(more: &str) -> Question {
        Question::parse(&format!("{{{WAYS}, {more}}}")).unwrap()
    }

    fn amount(figure: f64) -> String {
        format!("${figure:.0}")
    }

    #[test]
    fn stop_analysing_is_said_only_below_an_hour_at_every_door() {
        for (next, knowing, lead) in [
            (Next::Go, 38.0, "Stop analysing"),
            (Next::Go, 330.0, "It is sure enough"),
            (Next::FindOut, 330.0, "It is not clear yet"),
        ] {
            let going = Going {
                next,
                trial: None,
                knowing,
                hour: 75.0,
                is_more_below: false,
            };
            let saying = going.saying(&amount).unwrap();
            assert_eq!(saying.lead, lead);
            let is_over = saying.whole().contains("more thinking is not worth it");
            assert_eq!(is_over, knowing < 75.0, "{saying:?}");
            assert!(saying.rest.ends_with('.'), "{saying:?}");
        }
    }

    #[test]
    fn a_near_tie_is_headed_as_one_and_every_share_has_its_name() {
        let name = |at: usize| ["Ana", "Ben"][at].to_owned();
        let ana = question(r#""rate": [8, 14, 40]"#);
        let mut weighed = weigh(vec![ana.clone(), ana]);
        assert_eq!(weighed.same_as, Some(Choice::Way(1)));
        assert_eq!(weighed.choice_in_words(&name), "Ana or Ben, either is fine");
        assert!(weighed.same_in_words().is_some());
        weighed.sides[0].best = 0.43;
        weighed.sides[1].best = 0.54;
        weighed.keep_best = 0.03;
        let shares =
            "Ben is the best choice in 54 % of what may come, Ana in 43 %, keeping it in 3 %.";
        assert_eq!(weighed.shares_in_words(&name).as_deref(), Some(shares));
        weighed.same_as = None;
        assert_eq!(weighed.choice_in_words(&name), "hand it to Ana");
        let said = weighed.shares_in_words(&name).unwrap();
        assert!(said.ends_with("At the likeliest figures Ana brings the most."));
    }

    #[test]
    fn dropping_under_doubt_has_its_range_and_its_chance() {
        let text = r#"{"value_of_work_hour":75,"owner_hours":1,"times_per_week":4,"rate":14,"value_when_done":[1,10,300]}"#;
        let question = Question::parse(text).unwrap();
        let found = answer(&question);
        assert_eq!((found.verdict, found.next), (Advice::Drop, Next::FindOut));
        assert!(found.verdict_in_words().ends_with("not clear yet"));
        let doubt = found.drop_doubt.as_ref().unwrap();
        assert!(doubt.chances.mean < 0.0 && doubt.chances.p5 < 0.0 && doubt.chances.p95 > 0.0);
        assert!(doubt.best > 0.1 && doubt.best < 0.5, "{doubt:?}");
        let of_brings: Vec<bool> = doubt.tornado.iter().map(|(of, _)| of.is_none()).collect();
        assert_eq!(of_brings, [true]);
        assert!(doubt.tornado[0].1[0] > doubt.tornado[0].1[1]);
        let said = found.going_on(&question, &amount).unwrap();
        assert!(said.rest.ends_with("What matters most stands below."));
        assert!(found.drop_in_words(&amount).unwrap().contains(" to $"));
    }
}
