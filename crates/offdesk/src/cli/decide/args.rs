//! The options of a decision about an activity of the desk: one for each question, and one for every other input.

use clap::Args;
use offdesk_actions::decide::{Figure, VALUE_WHEN_DONE, typed_figure};
use offdesk_actions::options::OptionKind;
use offdesk_domain::Currency;
use offdesk_domain::decision::{INPUTS, Input};

use crate::cli::error::CliError;
use crate::cli::exit;

/// A key that is meant is at least as near as this.
const NEAR: f64 = 0.8;

/// What may be said of an activity: one number, or low, likely and high.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "An activity of your desk (RANGE: 14, or 8,14,25)")]
pub struct FigureArgs {
    /// What an hour of your own best work is worth
    #[arg(long, value_name = "RANGE", allow_hyphen_values = true)]
    value_of_work_hour: Option<String>,
    /// Share of freed hours that goes to your best work
    #[arg(long, value_name = "RANGE", allow_hyphen_values = true)]
    share_redeployed: Option<String>,
    /// Hours it takes you each time
    #[arg(long, value_name = "RANGE", allow_hyphen_values = true)]
    owner_hours: Option<String>,
    /// What the other person asks for an hour
    #[arg(long, value_name = "RANGE", allow_hyphen_values = true)]
    rate: Option<String>,
    /// Their time beside yours, once learned
    #[arg(long, value_name = "RANGE", allow_hyphen_values = true)]
    steady_ratio: Option<String>,
    /// Any other input by its key: review_hours=0.1,0.2,0.5
    #[arg(long, value_name = "KEY=RANGE")]
    set: Vec<String>,
    /// Who would do it, by name
    #[arg(long, value_name = "NAME")]
    pub option: Option<String>,
    /// What they are: freelancer, in_house, agency or agent
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub kind: Option<OptionKind>,
    /// Keep what was said with the activity
    #[arg(long)]
    pub save: bool,
    /// Weigh all that were kept, side by side (offdesk.comparison/1)
    #[arg(long)]
    pub compare: bool,
}

fn kind(word: &str) -> Result<OptionKind, String> {
    OptionKind::of(&word.replace('-', "_"))
        .ok_or_else(|| "use freelancer, in_house, agency or agent".to_owned())
}

/// The five that are asked, each with its option.
pub const ASKED: [(Input, &str); 5] = [
    (Input::ValueOfWorkHour, "--value-of-work-hour"),
    (Input::ShareRedeployed, "--share-redeployed"),
    (Input::OwnerHours, "--owner-hours"),
    (Input::Rate, "--rate"),
    (Input::SteadyRatio, "--steady-ratio"),
];

/// What was said on the command line.
pub struct Typed {
    /// Inputs.
    pub figures: Vec<Figure>,
    /// What each time brings, low, likely and high.
    pub value_when_done: Option<[f64; 3]>,
}

impl FigureArgs {
    fn asked(&self) -> [&Option<String>; 5] {
        [
            &self.value_of_work_hour,
            &self.share_redeployed,
            &self.owner_hours,
            &self.rate,
            &self.steady_ratio,
        ]
    }

    /// The first of these options that was given.
    pub fn first_given(&self) -> Option<&'static str> {
        let asked = self.asked().into_iter().zip(ASKED);
        let given = asked.filter(|(text, _)| text.is_some());
        let rest = [
            (!self.set.is_empty(), "--set"),
            (self.option.is_some(), "--option"),
            (self.kind.is_some(), "--kind"),
            (self.save, "--save"),
            (self.compare, "--compare"),
        ];
        given
            .map(|(_, (_, option))| option)
            .chain(rest.iter().filter(|(is, _)| *is).map(|(_, name)| *name))
            .next()
    }

    /// All that was said, read.
    ///
    /// # Errors
    /// `decide.value`, `decide.currency`, `decide.unknown`, `decide.duplicate`.
    pub fn typed(&self, currency: Currency) -> Result<Typed, CliError> {
        let asked = self.asked().into_iter().zip(ASKED);
        let said = asked.filter_map(|(text, (input, _))| Some((input.key(), text.as_deref()?)));
        let mut all: Vec<(&str, &str)> = said.collect();
        for pair in &self.set {
            let pair = pair.split_once('=').ok_or_else(|| {
                let shown = offdesk_import::problem::shown(pair);
                CliError::new(
                    exit::USAGE,
                    "decide.value",
                    format!("--set takes KEY=RANGE, and not \"{shown}\""),
                )
                .line("such as:  --set review_hours=0.1,0.2,0.5")
            })?;
            all.push((pair.0.trim(), pair.1));
        }
        let mut typed = Typed {
            figures: Vec::new(),
            value_when_done: None,
        };
        for (at, (key, text)) in all.iter().enumerate() {
            if all.iter().take(at).any(|(other, _)| other == key) {
                let message = format!("{key} is said twice");
                return Err(CliError::new(exit::USAGE, "decide.duplicate", message));
            }
            // What it brings is an amount like any other.
            let is_value = *key == VALUE_WHEN_DONE;
            let input = if is_value {
                Input::EscapeCost
            } else {
                Input::of_key(key).ok_or_else(|| unknown(key))?
            };
            let range = typed_figure(input, text, Some(currency)).map_err(|error| {
                let message = error.message.replacen(input.key(), key, 1);
                CliError::new(exit::USAGE, error.code, message).line(error.hint)
            })?;
            if is_value {
                typed.value_when_done = Some(range);
            } else {
                typed.figures.push((input, range));
            }
        }
        Ok(typed)
    }
}

fn unknown(key: &str) -> CliError {
    let shown = offdesk_import::problem::shown(key);
    let error = CliError::new(
        exit::USAGE,
        "decide.unknown",
        format!("there is no input \"{shown}\""),
    );
    let keys = INPUTS.iter().map(|row| row.key).chain([VALUE_WHEN_DONE]);
    let near = keys
        .map(|other| (strsim::jaro_winkler(other, key), other))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let error = match near {
        Some((_, near)) => error.line(format!("did you mean {near}?")),
        None => error,
    };
    error.line("all of them:  offdesk decide ACTIVITY --defaults")
}
