//! `offdesk worth`: what an hour of the owner is worth, on one basis or several.

mod keeping;

use clap::Args;
use offdesk_actions::worths::json::WorthJson;
use offdesk_domain::money::to_minor_text;
use offdesk_domain::{Basis, Currency, Day, Worth};
use rust_decimal::Decimal;

use super::desk::At;
use super::error::CliError;
use super::{Done, exit, output, values};

/// What the worth of an hour is reckoned from.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "What your hour is worth")]
pub struct WorthArgs {
    /// Income you want in a year
    #[arg(long, value_name = "N", value_parser = values::amount, allow_negative_numbers = true)]
    pub income: Option<Decimal>,
    /// Working days a year
    #[arg(long, value_name = "N", default_value = "250", value_parser = values::amount, allow_negative_numbers = true)]
    pub days: Decimal,
    /// Working hours a day
    #[arg(long, value_name = "N", default_value = "8", value_parser = values::amount, allow_negative_numbers = true)]
    pub hours: Decimal,
    /// Worth of an hour, stated
    #[arg(long, value_name = "N", value_parser = values::amount, allow_negative_numbers = true)]
    pub rate: Option<Decimal>,
    /// Income you made in a year (with --hours-worked)
    #[arg(long, value_name = "N", requires = "hours_worked", value_parser = values::amount, allow_negative_numbers = true)]
    pub made: Option<Decimal>,
    /// Profit of the business in a year (with --hours-worked)
    #[arg(long, value_name = "N", requires = "hours_worked", value_parser = values::amount, allow_negative_numbers = true)]
    pub profit: Option<Decimal>,
    /// What the business pays you in a year, added to --profit
    #[arg(long, value_name = "N", requires = "profit", value_parser = values::amount, allow_negative_numbers = true)]
    pub owner_pay: Option<Decimal>,
    /// Hours you really worked in that year
    #[arg(long, value_name = "N", value_parser = values::amount, allow_negative_numbers = true)]
    pub hours_worked: Option<Decimal>,
    /// Yearly salary of somebody who would replace you
    #[arg(long, value_name = "N", value_parser = values::amount, allow_negative_numbers = true)]
    pub salary: Option<Decimal>,
    /// Wages as a share of what an employee costs (0.705: US private industry, BLS, December 2024)
    #[arg(long, value_name = "SHARE", default_value = "0.705", value_parser = values::amount, allow_negative_numbers = true)]
    pub wage_share: Decimal,
    /// Revenue of the business: refused, with the reason
    #[arg(long, value_name = "N", value_parser = values::amount, allow_negative_numbers = true)]
    pub revenue: Option<Decimal>,
    /// What your hour should become, as a multiple of its worth
    #[arg(long, value_name = "N", default_value = "2", value_parser = values::amount, allow_negative_numbers = true)]
    pub target_multiple: Decimal,
    /// The most to pay for an hour (default: the worth)
    #[arg(long, value_name = "N", value_parser = values::amount, allow_negative_numbers = true)]
    pub ceiling: Option<Decimal>,
    /// Currency of all amounts
    #[arg(long, value_name = "CODE", default_value = "USD", value_parser = values::currency)]
    pub currency: Currency,
}

impl WorthArgs {
    /// All bases that were given.
    fn bases(&self) -> Vec<Basis> {
        let hours_worked = self.hours_worked.unwrap_or_default();
        let mut bases = Vec::new();
        bases.extend(self.rate.map(|hour| Basis::Stated { hour }));
        bases.extend(self.income.map(|income| Basis::Wanted {
            income,
            days: self.days,
            hours: self.hours,
        }));
        bases.extend(self.made.map(|income| Basis::Made {
            income,
            hours_worked,
        }));
        bases.extend(self.profit.map(|profit| {
            let owner_pay = self.owner_pay.unwrap_or_default();
            Basis::Profit {
                profit,
                owner_pay,
                hours_worked,
            }
        }));
        bases.extend(self.salary.map(|salary| Basis::Replacement {
            salary,
            wage_share: self.wage_share,
        }));
        bases.extend(self.revenue.map(|_| Basis::Revenue));
        bases
    }

    /// Whether none was given.
    pub fn is_missing(&self) -> bool {
        self.bases().is_empty()
    }

    /// The worth on the one basis given.
    ///
    /// # Errors
    /// `worth.missing`, `worth.several`, and what the basis refuses.
    pub fn worth(&self) -> Result<Worth, CliError> {
        match self.bases().as_slice() {
            [] => Err(missing()),
            [basis] => Ok(Worth::new(
                *basis,
                self.currency,
                self.target_multiple,
                self.ceiling,
            )?),
            _ => Err(CliError::new(
                exit::USAGE,
                "worth.several",
                "there are several bases for the worth of your hour",
            )
            .line("give one, such as --income or --rate; compare them with:  offdesk worth")),
        }
    }
}

fn missing() -> CliError {
    CliError::new(
        exit::USAGE,
        "worth.missing",
        "I do not know what your hour is worth",
    )
    .line("what you want to make in a year:  --income 150000 [--days 250 --hours 8]")
    .line("or the hour itself:               --rate 75")
    .line("other bases:                      offdesk worth --help")
}

/// What an hour of yours is worth: reckoned from income, profit, a replacement, or stated
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk worth --income 150000 --days 250 --hours 8
  offdesk worth --made 120000 --hours-worked 2300
  offdesk worth --profit 40000 --owner-pay 60000 --hours-worked 2300
  offdesk worth --salary 60000
  offdesk worth --income 150000 --save         keep it in the workspace
  offdesk worth                                what the workspace keeps
Give several to see them side by side.")]
pub struct WorthCommand {
    #[command(flatten)]
    worth: WorthArgs,
    /// Keep it as the worth of the workspace from today on
    #[arg(long)]
    save: bool,
    /// Print JSON (offdesk.worth/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// The lowest, the middle and the highest of several figures; the middle of an even number is the mean of two.
fn low_mid_high(hours: &[Decimal]) -> (Decimal, Decimal, Decimal) {
    let mut sorted = hours.to_vec();
    sorted.sort();
    let at = |index: usize| sorted.get(index).copied().unwrap_or_default();
    let last = sorted.len().saturating_sub(1);
    (
        at(0),
        (at(last / 2) + at(last.div_ceil(2))) / Decimal::TWO,
        at(last),
    )
}

impl WorthCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let bases = self.worth.bases();
        let currency = self.worth.currency;
        let hours = bases
            .iter()
            .map(Basis::hour)
            .collect::<Result<Vec<_>, _>>()?;
        let (low, mid, high) = low_mid_high(&hours);
        let basis = match bases.as_slice() {
            [] => return self.show_kept(),
            [basis] => *basis,
            _ => Basis::Stated { hour: mid },
        };
        let (multiple, ceiling) = (self.worth.target_multiple, self.worth.ceiling);
        let worth = Worth::new(basis, currency, multiple, ceiling)?;
        let from: Option<Day> = self.save.then(|| self.keep()).transpose()?;
        let is_several = bases.len() > 1;
        if self.json {
            let json = if is_several {
                let figures: Vec<_> = bases.into_iter().zip(hours).collect();
                WorthJson::median(&worth, [low, mid, high], &figures)
            } else {
                WorthJson::of(&worth, from)
            };
            output::print(&super::audit::json::to_text(&json)?)?;
            return Ok(0);
        }
        let money = |amount: Decimal| to_minor_text(amount, currency);
        let mut text = reckoned(&bases, &hours, currency);
        if is_several {
            text += &format!(
                "\nBetween {} and {} {currency}, depending on how you look at it.\nThe middle is {}.\n",
                money(low),
                money(high),
                money(mid)
            );
        }
        text += &rates(&worth, multiple);
        output::print(&text)?;
        if ceiling.is_some_and(|ceiling| ceiling > worth.ceiling) {
            output::say(
                "The ceiling is what your hour is worth, and not more: that would be lost.\n",
            );
        }
        Ok(0)
    }
}

/// Each basis with what it gives for an hour.
fn reckoned(bases: &[Basis], hours: &[Decimal], currency: Currency) -> String {
    let mut text = String::new();
    for (basis, hour) in bases.iter().zip(hours) {
        let figure = format!(
            "{:<12} {:>10} {currency} an hour",
            basis.word(),
            to_minor_text(*hour, currency)
        );
        let reckoning = basis.reckoning();
        // What does not fit beside the figure stands below it.
        let is_wide = figure.len() + 3 + reckoning.len() > 80;
        let gap = if is_wide { "\n             " } else { "   " };
        text += &format!("{figure}{gap}{reckoning}\n");
    }
    text
}

/// The three rates.
fn rates(worth: &Worth, multiple: Decimal) -> String {
    let currency = worth.currency;
    let money = |amount: Decimal| to_minor_text(amount, currency);
    let (hour, target, ceiling) = (money(worth.hour), money(worth.target), money(worth.ceiling));
    format!(
        "\nWorth    {hour:>10} {currency}   what your hour is worth\n\
         Target   {target:>10} {currency}   what it should become ({multiple} times the worth)\n\
         Ceiling  {ceiling:>10} {currency}   the most to pay for an hour\n\
         \nWork that costs less than {} an hour you can hand off without much reckoning\n\
         (a quarter of the worth: a rule of thumb).\n",
        money(worth.buyback_rate())
    )
}
