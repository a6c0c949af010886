//! The figures of an activity and of up to three options, as a plain form.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::decide::{Figure, VALUE_WHEN_DONE, typed_figure};
use offdesk_actions::options::{HandoffOption, MOST_OPTIONS, NewOptions, OptionKind, Subject};
use offdesk_domain::decision::{INPUTS, Input};

use super::sure::range;
use crate::desk::form::Form;
use crate::desk::layout::{Field, choice};
use crate::words;

/// What of the owner and the work stands open; the rest is behind "More".
const OWN: [Input; 4] = [
    Input::ValueOfWorkHour,
    Input::ShareRedeployed,
    Input::OwnerHours,
    Input::TimesPerWeek,
];
/// What of an option stands open.
const OPEN: [Input; 4] = [
    Input::Rate,
    Input::SteadyRatio,
    Input::FaultRate,
    Input::CostEachTime,
];

/// What is wrong, and in which field.
pub struct Fault {
    /// The error.
    pub error: Error,
    /// The field.
    field: String,
}

impl Fault {
    /// The fault of an error of the action: about the first option that has named it, or about the owner's own figure.
    pub fn of(error: Error, form: &Form) -> Self {
        let field = match Input::of_key(error.field) {
            Some(input) if !input.is_of_owner() => {
                let named = (1..=MOST_OPTIONS).find(|place| {
                    let name = form.text(&format!("name-{place}"));
                    !name.is_empty() && error.message.starts_with(name)
                });
                format!("{}-{}", error.field, named.unwrap_or(1))
            }
            _ => error.field.to_owned(),
        };
        Self { error, field }
    }
}

/// The key of a field, without the place of its option.
fn row_of(field: &str) -> &str {
    field.split_once('-').map_or(field, |(key, _)| key)
}

/// What was typed; an option without a name is not there.
///
/// # Errors
/// The first field that cannot be.
pub fn read(form: &Form, subject: &Subject) -> Result<NewOptions, Fault> {
    if form.is_ticked("forget") {
        return Ok(NewOptions::default());
    }
    let figure = |input: Input, field: &str| -> Result<Option<Figure>, Fault> {
        let text = form.text(field);
        if text.is_empty() {
            return Ok(None);
        }
        let range = typed_figure(input, text, Some(subject.currency));
        range
            .map(|range| Some((input, range)))
            .map_err(|error| Fault {
                // What it brings is an amount like any other, and has its own name.
                error: Error::invalid(
                    "",
                    error.code,
                    error.message.replacen(input.key(), row_of(field), 1),
                )
                .hint(error.hint),
                field: field.to_owned(),
            })
    };
    let mut new = NewOptions::default();
    for row in INPUTS.iter().filter(|row| row.input.is_of_owner()) {
        new.own.extend(figure(row.input, row.key)?);
    }
    new.value_when_done = figure(Input::EscapeCost, VALUE_WHEN_DONE)?.map(|(_, range)| range);
    for place in 1..=MOST_OPTIONS {
        let name = form.text(&format!("name-{place}"));
        if name.is_empty() {
            continue;
        }
        let kind = OptionKind::of(form.text(&format!("kind-{place}")));
        let mut option = HandoffOption {
            name: name.to_owned(),
            kind: kind.unwrap_or(OptionKind::Freelancer),
            figures: Vec::new(),
        };
        for row in INPUTS.iter().filter(|row| !row.input.is_of_owner()) {
            let field = format!("{}-{place}", row.key);
            option.figures.extend(figure(row.input, &field)?);
        }
        new.options.push(option);
    }
    if new.options.is_empty() {
        let error = Error::invalid("", "decide.options", "nobody is named who could do it")
            .hint("give the first option a name; to go back to the usual figures, forget these");
        return Err(Fault {
            error,
            field: "name-1".to_owned(),
        });
    }
    Ok(new)
}

/// The form with what is kept, or with what was just typed.
pub fn form(subject: &Subject, typed: &Form, fault: Option<&Fault>) -> Markup {
    let draw = Drawing {
        subject,
        without: Subject {
            own: Vec::new(),
            ..subject.clone()
        },
        typed,
        fault,
        is_typed: fault.is_some(),
    };
    html! {
        section #figures aria-labelledby="figures-title" {
            h2 #figures-title { "Your figures" }
            p { "One number, or low, likely and high where you do not know it: " code { "8 14 25" } ". What you leave empty is as it says. Amounts are in " (subject.currency) "." }
            form method="post" action={ "/next/" (subject.id) "/decision#figures" } {
                fieldset {
                    legend { "You and the work" }
                    @for input in OWN { (draw.own(input)) }
                    (draw.value_when_done())
                    details {
                        summary { "More about you and the work" }
                        @for row in INPUTS.iter().filter(|row| row.input.is_of_owner() && !OWN.contains(&row.input)) { (draw.own(row.input)) }
                    }
                }
                @for place in 1..=MOST_OPTIONS { (draw.option(place)) }
                p.actions {
                    button { "Weigh and keep them" }
                    @if subject.is_kept { button.plain name="forget" value="1" { "Forget these figures" } }
                }
            }
        }
    }
}

struct Drawing<'d> {
    subject: &'d Subject,
    /// The same, as if the owner had said nothing of themselves.
    without: Subject,
    typed: &'d Form,
    fault: Option<&'d Fault>,
    is_typed: bool,
}

impl Drawing<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        let fault = self.fault.filter(|fault| fault.field == field);
        fault.map(|fault| fault.error.message.as_str())
    }

    fn value(&self, field: &str, kept: Option<String>) -> String {
        if self.is_typed {
            return self.typed.text(field).to_owned();
        }
        kept.unwrap_or_default()
    }

    fn own(&self, input: Input) -> Markup {
        let kept = self.subject.own.iter().find(|(known, _)| *known == input);
        let kept = kept.map(|(_, figures)| range(*figures));
        let first = self.subject.options.first();
        // What stands there where it is left empty: as if nothing had been said.
        let otherwise = first.and_then(|option| self.without.figure(option, input));
        let otherwise = otherwise.map(|(it, source)| (it, source.words()));
        match self.subject.hours_per_week {
            Some(week) if otherwise.is_none() && input == Input::TimesPerWeek => {
                let help =
                    format!("the {week:.1} hours a week in your entries, over those of one time");
                self.with_help(input.key(), input, kept, &help)
            }
            _ => self.field(input.key(), input, kept, otherwise),
        }
    }

    fn of_option(&self, place: usize, input: Input) -> Markup {
        let option = self.subject.options.get(place - 1);
        let kept = option.and_then(|option| {
            let found = option.figures.iter().find(|(known, _)| *known == input);
            found.map(|(_, figures)| range(*figures))
        });
        let bare = HandoffOption {
            name: String::new(),
            kind: option.map_or(OptionKind::Freelancer, |option| option.kind),
            figures: Vec::new(),
        };
        let otherwise = self.subject.figure(&bare, input);
        let field = format!("{}-{place}", input.key());
        self.field(
            &field,
            input,
            kept,
            otherwise.map(|(it, source)| (it, source.words())),
        )
    }

    fn field(
        &self,
        field: &str,
        input: Input,
        kept: Option<String>,
        otherwise: Option<([f64; 3], String)>,
    ) -> Markup {
        let first = self.subject.options.first();
        let likely = |of| Some(self.subject.figure(first?, of)?.0[1]);
        let default = input.row().and_then(|row| row.unsaid(likely));
        let help = match (otherwise, default) {
            (Some((figures, from)), _) => format!("{}: {from}", range(figures)),
            (None, Some(number)) => format!("{}, unless you say otherwise", range([number; 3])),
            (None, None) => "needed".to_owned(),
        };
        self.with_help(field, input, kept, &help)
    }

    fn with_help(&self, field: &str, input: Input, kept: Option<String>, help: &str) -> Markup {
        let Some(row) = input.row() else {
            return html! {};
        };
        let label = crate::desk::errors::sentence(row.what);
        let value = self.value(field, kept);
        Field {
            help: &words::shown(help, 160),
            ..Field::text(field, label.trim_end_matches('.'), &value)
        }
        .show_fault(self.fault(field), "")
    }

    fn value_when_done(&self) -> Markup {
        let kept = self.subject.value_when_done;
        let value = self.value(VALUE_WHEN_DONE, kept.map(range));
        Field {
            help: "What breaks if nobody does it for four weeks? Empty: it has to be done.",
            ..Field::text(
                VALUE_WHEN_DONE,
                "What it brings each time that would be lost",
                &value,
            )
        }
        .show_fault(self.fault(VALUE_WHEN_DONE), "")
    }

    fn option(&self, place: usize) -> Markup {
        let option = self.subject.options.get(place - 1);
        let (name_field, kind_field) = (format!("name-{place}"), format!("kind-{place}"));
        let name = self.value(&name_field, option.map(|option| option.name.clone()));
        let kind = self.value(
            &kind_field,
            option.map(|option| option.kind.word().to_owned()),
        );
        let kinds = OptionKind::ALL.map(|kind| (kind.word(), kind.name()));
        let fields = html! {
            (Field { help: "Empty: there is none.", ..Field::text(&name_field, "Name", &name) }.show_fault(self.fault(&name_field), ""))
            (choice(&kind_field, "What they are", &kind, &kinds))
            @for input in OPEN { (self.of_option(place, input)) }
            details {
                summary { "More about this option" }
                @for row in INPUTS.iter().filter(|row| !row.input.is_of_owner() && !OPEN.contains(&row.input)) { (self.of_option(place, row.input)) }
            }
        };
        let title = match place {
            1 => "The first option",
            2 => "The second option",
            _ => "The third option",
        };
        let is_shown = place == 1 || !name.is_empty();
        html! {
            fieldset {
                legend { (title) }
                @if is_shown { (fields) } @else { details { summary { "Add one" } (fields) } }
            }
        }
    }
}
