//! A SEPA credit transfer: ISO 20022, pain.001.001.09, as the European Payments Council's guidelines narrow it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_domain::money::{Currency, to_minor_text};
use offdesk_domain::pay::file::{Due, FileError, Payer};
use offdesk_domain::pay::{Bic, Details, Iban};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use rust_decimal::Decimal;

use super::letters;

const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

/// The longest name, as the guidelines have it.
const LONGEST_NAME: usize = 70;

/// The longest text of what a transfer is for.
const LONGEST_PURPOSE: usize = 140;

/// A bank account with the holder's name in SEPA's letters.
struct Party<'a> {
    name: String,
    iban: &'a Iban,
    bic: Option<Bic>,
}

impl<'a> Party<'a> {
    /// `None` without a bank account, which the check has refused before.
    fn of(details: Option<&'a Details>) -> Result<Option<Self>, FileError> {
        let Some(Details::Bank { holder, iban, bic }) = details else {
            return Ok(None);
        };
        let name = letters::plain(holder, LONGEST_NAME);
        if name.is_empty() {
            return Err(FileError::Name(holder.clone()));
        }
        let bic = *bic;
        Ok(Some(Self { name, iban, bic }))
    }
}

/// The transfer of checked rows.
pub(super) fn transfer(payer: &Payer, rows: &[Due], now: Timestamp) -> Result<String, FileError> {
    let from = Party::of(payer.details.as_ref())?.ok_or(FileError::NoPayer)?;
    let mut payees = Vec::with_capacity(rows.len());
    for row in rows {
        let party = Party::of(row.details.as_ref())?;
        payees.extend(party.map(|party| (row, party)));
    }
    let currency = rows
        .first()
        .map_or(payer.currency, |row| row.amount.currency);
    let sum: Decimal = rows.iter().map(|row| row.amount.amount).sum();
    let totals = [
        ("NbOfTxs", rows.len().to_string()),
        ("CtrlSum", to_minor_text(sum, currency)),
    ];
    let made = now
        .to_zoned_datetime(TimeZone::UTC)
        .strftime("%Y-%m-%dT%H:%M:%SZ");
    let initiator = letters::plain(&payer.name, LONGEST_NAME);
    let initiator = if initiator.is_empty() {
        &from.name
    } else {
        &initiator
    };

    let mut xml = Xml::new();
    xml.open_with("Document", ("xmlns", NAMESPACE));
    xml.open("CstmrCdtTrfInitn");
    xml.open("GrpHdr");
    xml.leaf("MsgId", &payer.id);
    xml.leaf("CreDtTm", &made.to_string());
    xml.leaves(&totals);
    xml.within(&["InitgPty"], "Nm", initiator);
    xml.close();
    xml.open("PmtInf");
    xml.leaf("PmtInfId", &payer.id);
    xml.leaf("PmtMtd", "TRF");
    xml.leaf("BtchBookg", "false");
    xml.leaves(&totals);
    xml.within(&["PmtTpInf", "SvcLvl"], "Cd", "SEPA");
    xml.within(&["ReqdExctnDt"], "Dt", &payer.day.to_string());
    xml.within(&["Dbtr"], "Nm", &from.name);
    xml.within(&["DbtrAcct", "Id"], "IBAN", from.iban.plain());
    match from.bic {
        Some(bic) => xml.within(&["DbtrAgt", "FinInstnId"], "BICFI", &bic.to_string()),
        None => xml.within(&["DbtrAgt", "FinInstnId", "Othr"], "Id", "NOTPROVIDED"),
    }
    xml.leaf("ChrgBr", "SLEV");
    for (row, payee) in &payees {
        xml.payee(row, payee, currency);
    }
    Ok(xml.finish())
}

/// A document that grows by elements; writing into memory cannot fail, so nothing is answered.
struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

impl Xml {
    fn new() -> Self {
        let mut xml = Self {
            writer: Writer::new_with_indent(Vec::new(), b' ', 2),
            open: Vec::new(),
        };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    fn write(&mut self, event: Event<'_>) {
        let written = self.writer.write_event(event);
        debug_assert!(written.is_ok());
    }

    fn open(&mut self, name: &'static str) {
        self.write(Event::Start(quick_xml::events::BytesStart::new(name)));
        self.open.push(name);
    }

    fn open_with(&mut self, name: &'static str, attribute: (&str, &str)) {
        let start = quick_xml::events::BytesStart::new(name).with_attributes([attribute]);
        self.write(Event::Start(start));
        self.open.push(name);
    }

    fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.write(Event::End(quick_xml::events::BytesEnd::new(name)));
        }
    }

    fn leaf(&mut self, name: &'static str, text: &str) {
        self.open(name);
        self.write(Event::Text(BytesText::new(text)));
        self.close();
    }

    fn leaves(&mut self, all: &[(&'static str, String)]) {
        for (name, text) in all {
            self.leaf(name, text);
        }
    }

    fn within(&mut self, outer: &[&'static str], name: &'static str, text: &str) {
        for outer in outer {
            self.open(outer);
        }
        self.leaf(name, text);
        for _ in outer {
            self.close();
        }
    }

    fn payee(&mut self, row: &Due, payee: &Party<'_>, currency: Currency) {
        self.open("CdtTrfTxInf");
        self.within(&["PmtId"], "EndToEndId", row.reference());
        self.open("Amt");
        self.open_with("InstdAmt", ("Ccy", currency.code()));
        let amount = to_minor_text(row.amount.amount, currency);
        self.write(Event::Text(BytesText::new(&amount)));
        self.close();
        self.close();
        if let Some(bic) = payee.bic {
            self.within(&["CdtrAgt", "FinInstnId"], "BICFI", &bic.to_string());
        }
        self.within(&["Cdtr"], "Nm", &payee.name);
        self.within(&["CdtrAcct", "Id"], "IBAN", payee.iban.plain());
        let spelled = |bill: &str| letters::plain(bill, LONGEST_PURPOSE);
        let purpose = row.purpose(LONGEST_PURPOSE, spelled);
        self.within(&["RmtInf"], "Ustrd", &purpose);
        self.close();
    }

    fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        let mut text = String::from_utf8_lossy(&self.writer.into_inner()).into_owned();
        text.push('\n');
        text
    }
}
