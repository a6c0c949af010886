//! The tax of work that was stated before its bill came: it is stated alone, and once.

use offdesk_domain::money::Money;
use offdesk_domain::pay::reference;
use offdesk_store::Scope;
use offdesk_store::pay::bills::BillRow;
use offdesk_store::pay::statements::{find_tax_alone, load_statement};

use super::super::drawing::bill_of;
use super::work::Held;
use crate::error::{Error, ErrorKind};

/// Whether all that a bill has beyond what was stated before is its tax, and none of those statements has one. Where the bill differs, what was
/// accepted of it is all that counts, once somebody has said why it is approved.
pub(super) fn is_tax_alone(
    scope: &mut Scope<'_, '_>,
    held: &Held,
    tax: Money,
    is_explained: bool,
) -> Result<bool, Error> {
    let matching = &held.matching;
    let is_stated = !matching.statements.is_empty() && matching.open.is_empty();
    let is_clear = matching.is_whole() || is_explained;
    if !is_clear || !is_stated || tax.amount.is_zero() {
        return Ok(false);
    }
    for number in &matching.statements {
        let number = i64::try_from(*number).unwrap_or(i64::MAX);
        let row = load_statement(scope, number)?;
        let bill = row.as_ref().map(bill_of).transpose()?.flatten();
        if bill.is_some_and(|bill| bill.has_tax()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A tax alone is stated once, unless somebody says why it is another one.
pub(super) fn refuse_second_tax(scope: &mut Scope<'_, '_>, bill: &BillRow) -> Result<(), Error> {
    let whose = (bill.person_id, bill.currency.as_str());
    let Some((number, of)) = find_tax_alone(scope, whose, bill.days)? else {
        return Ok(());
    };
    let number = reference(u64::try_from(number).unwrap_or(0));
    let message = format!("a tax of work of these days is on {number} already, by the bill {of}");
    Err(Error::new(ErrorKind::Conflict, "bill.tax_stated", message)
        .hint("query the bill, or say why this is another tax"))
}
