//! The figures of a handoff, each with its one plain sentence and its formula with the numbers put in.

use offdesk_actions::decide::{Answer, Question};
use offdesk_domain::decision::{Input, Parts};

use super::{cents, number};

/// A figure with its sentence and its formula.
pub(super) struct Line {
    pub(super) what: &'static str,
    pub(super) figure: String,
    pub(super) sentence: &'static str,
    pub(super) formula: String,
}

fn line(what: &'static str, figure: String, sentence: &'static str, formula: String) -> Line {
    Line {
        what,
        figure,
        sentence,
        formula,
    }
}

/// A case with the parts of its figures, and what came of it.
pub(super) struct Of<'q> {
    question: &'q Question,
    answer: &'q Answer,
    parts: Parts,
}

impl<'q> Of<'q> {
    pub(super) fn new(question: &'q Question, answer: &'q Answer) -> Self {
        Self {
            question,
            answer,
            parts: Parts::of(&question.case),
        }
    }

    /// All of them, from the parts to what they come to.
    pub(super) fn lines(&self) -> Vec<Line> {
        let lines = self.worth().into_iter().chain(self.each_time());
        lines.chain(self.sums()).chain(self.results()).collect()
    }

    fn get(&self, input: Input) -> String {
        number(self.question.case.get(input))
    }

    fn money(&self, input: Input) -> String {
        self.cents(self.question.case.get(input))
    }

    fn cents(&self, figure: f64) -> String {
        cents(self.question, figure)
    }

    /// An amount that is added, or taken off where it is below nothing.
    fn added(&self, figure: f64) -> String {
        let sign = if figure < 0.0 { "\u{2212}" } else { "+" };
        format!("{sign}\u{a0}{}", self.cents(figure.abs()))
    }

    fn worth(&self) -> [Line; 3] {
        let case = &self.question.case;
        let share = case.get(Input::ShareRedeployed);
        [
            line(
                "A freed hour",
                self.cents(case.worth()),
                "What an hour you get back is worth: your best work as far as it goes there, an hour off otherwise.",
                format!(
                    "{} \u{d7} {} + {} \u{d7} {}",
                    number(share),
                    self.money(Input::ValueOfWorkHour),
                    number(1.0 - share),
                    self.money(Input::ValueOfRestHour)
                ),
            ),
            line(
                "An hour of theirs",
                self.cents(case.loaded_rate()),
                "Their price of an hour, with fees and employer\u{2019}s share.",
                format!(
                    "{} \u{d7} {}",
                    self.money(Input::Rate),
                    self.get(Input::Load)
                ),
            ),
            line(
                "Set-up",
                self.cents(case.setup_cost()),
                "Your hours for the blueprint and to bring them in, and their paid training.",
                format!(
                    "{} \u{d7} ({} + {}) + {} \u{d7} {}",
                    self.cents(case.worth()),
                    self.get(Input::BlueprintHours),
                    self.get(Input::OnboardingHours),
                    self.cents(case.loaded_rate()),
                    self.get(Input::TrainingHours)
                ),
            ),
        ]
    }

    fn each_time(&self) -> [Line; 3] {
        let (case, parts) = (&self.question.case, &self.parts);
        let [_, caught] = parts.caught;
        let [_, escaped] = parts.escaped;
        [
            line(
                "Back each time",
                number(parts.hours[1]),
                "Your hours for one, less talk, review of a part and explaining the faults that are found.",
                format!(
                    "{} \u{2212} {} \u{2212} {} \u{d7} {} \u{2212} {} \u{d7} {}",
                    self.get(Input::OwnerHours),
                    self.get(Input::CommunicationHours),
                    self.get(Input::ReviewShare),
                    self.get(Input::ReviewHours),
                    number(caught),
                    self.get(Input::ExplainHours)
                ),
            ),
            line(
                "Paid each time",
                self.cents(parts.cash),
                "Their hours once learned, and those to put faults right, at their loaded hour.",
                format!(
                    "{} \u{d7} ({} \u{d7} {} + {} \u{d7} {}) + {}",
                    self.cents(case.loaded_rate()),
                    self.get(Input::OwnerHours),
                    self.get(Input::SteadyRatio),
                    number(caught),
                    self.get(Input::ReworkHours),
                    self.money(Input::CostEachTime)
                ),
            ),
            line(
                "Quality each time",
                self.cents(parts.quality),
                "What fewer or more faults get out than yours, at what one costs, and what better work is worth.",
                format!(
                    "{} \u{d7} ({} \u{2212} {}) {}",
                    self.money(Input::EscapeCost),
                    self.get(Input::OwnFaultRate),
                    number(escaped),
                    self.added(case.get(Input::QualityGain))
                ),
            ),
        ]
    }

    fn sums(&self) -> [Line; 4] {
        let (case, parts) = (&self.question.case, &self.parts);
        let decision = &self.answer.decision;
        let rest = parts.times - parts.full;
        [
            line(
                "Hours back",
                number(decision.hours_freed),
                "The first are reviewed in full, the others in part; set-up and new people take their hours.",
                format!(
                    "{} \u{d7} {} + {} \u{d7} {} \u{2212} {} \u{2212} {} \u{d7} {}",
                    number(parts.full),
                    number(parts.hours[0]),
                    number(rest),
                    number(parts.hours[1]),
                    number(case.setup_hours()),
                    number(parts.leavings),
                    self.get(Input::OnboardingHours)
                ),
            ),
            line(
                "Paid",
                self.cents(decision.cash),
                "The same each time, and more while they learn; training, also of those who come after them.",
                format!(
                    "{} \u{d7} {} {} while learning + {} \u{d7} {} \u{d7} {}",
                    number(parts.times),
                    self.cents(parts.cash),
                    self.added(self.learning()),
                    number(1.0 + parts.leavings),
                    self.cents(case.loaded_rate()),
                    self.get(Input::TrainingHours)
                ),
            ),
            line(
                "Faults out",
                number(decision.escaped_faults),
                "Those that no review finds.",
                format!(
                    "{} \u{d7} {} + {} \u{d7} {}",
                    number(parts.full),
                    number(parts.escaped[0]),
                    number(rest),
                    number(parts.escaped[1])
                ),
            ),
            line(
                "Faults kept",
                number(decision.escaped_faults_if_kept),
                "Your own, if you keep it.",
                format!(
                    "{} \u{d7} {}",
                    number(parts.times),
                    self.get(Input::OwnFaultRate)
                ),
            ),
        ]
    }

    /// What learning and full review cost beyond the same each time.
    fn learning(&self) -> f64 {
        let case = &self.question.case;
        let training = case.loaded_rate() * case.get(Input::TrainingHours);
        let steady = self.parts.times * self.parts.cash;
        self.answer.decision.cash - steady - (1.0 + self.parts.leavings) * training
    }

    fn results(&self) -> Vec<Line> {
        let decision = &self.answer.decision;
        let mut lines = Vec::new();
        if let Some(price) = decision.price_per_hour_bought_back {
            lines.push(line(
                "An hour bought back",
                self.cents(price),
                "What is paid for each hour you get back; what your hour is worth is not in it.",
                format!(
                    "{} \u{f7} {}",
                    self.cents(decision.cash),
                    number(decision.hours_freed)
                ),
            ));
        }
        lines.push(line(
            "Net value",
            self.cents(decision.net_value),
            "Hours at what one is worth, less what is paid, plus quality; later weeks count a little less.",
            format!(
                "{} \u{d7} {} \u{2212} {} {}, in today\u{2019}s money",
                self.cents(decision.worth),
                number(decision.pv_hours),
                self.cents(decision.pv_cash),
                self.added(decision.pv_quality)
            ),
        ));
        if let Some(hour) = decision.break_even_hour {
            lines.push(line(
                "Break-even hour",
                self.cents(hour),
                "The worth of a freed hour at which the net value is nothing.",
                format!(
                    "({} {}) \u{f7} {}",
                    self.cents(decision.pv_cash),
                    self.added(-decision.pv_quality),
                    number(decision.pv_hours)
                ),
            ));
        }
        if let (Some(times), Some(week)) = (decision.break_even_times, decision.break_even_week) {
            lines.push(line(
                "Square",
                format!("week {week}"),
                "The first time after which the sum since the beginning, set-up included, is not below nothing.",
                format!("{times} times at {} a week", self.get(Input::TimesPerWeek)),
            ));
        }
        if let Some(dropped) = &self.answer.dropped {
            lines.push(line(
                "Nobody does it",
                self.cents(dropped.net_value),
                "Your hours and your own faults come back, and what it brings is lost.",
                format!(
                    "{} + {} \u{2212} {}",
                    self.cents(dropped.hours_value),
                    self.cents(dropped.faults_value),
                    self.cents(dropped.lost)
                ),
            ));
        }
        lines
    }
}
