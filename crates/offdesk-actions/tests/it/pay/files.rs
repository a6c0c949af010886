//! Pay files, byte for byte, and read again.

use calamine::{Data, Reader as _, Xlsx};
use offdesk_actions::pay::About;
use offdesk_actions::pay::file::write;
use offdesk_actions::pay::statement::to_table;
use offdesk_domain::pay::Quantity;
use offdesk_domain::pay::file::Kind;

use super::*;

#[test]
fn a_plain_file_guards_its_texts() {
    let mut odd = due(3, "=HYPERLINK(\"http://x\")", "1.234 KWD", None);
    odd.email = None;
    let rows = [
        due(1, "Noor Haddad", "36.00 EUR", bank("Noor Haddad", 1)),
        due(
            2,
            "Lee, Ana \"Ltd\"",
            "1500 JPY",
            at("wise", "ana@mail.example"),
        ),
        odd,
    ];
    let file = write(Kind::Plain, &payer(), &rows, now()).unwrap();
    assert_eq!(
        (file.name.as_str(), file.media_type),
        ("PAY-7-csv.csv", "text/csv; charset=utf-8")
    );
    assert_eq!(
        text_of(&file),
        "name,email,currency,amount,reference,pay_on,method,account,bic\n\
         Noor Haddad,p1@mail.example,EUR,36.00,ST-0001,2026-03-03,bank,GB29NWBK60161331926819,\n\
         \"Lee, Ana \"\"Ltd\"\"\",p2@mail.example,JPY,1500,ST-0002,2026-03-03,wise,ana@mail.example,\n\
         \"'=HYPERLINK(\"\"http://x\"\")\",,KWD,1.234,ST-0003,2026-03-03,,,\n"
    );
}

#[test]
fn a_workbook_of_what_is_owed() {
    let rows = [
        due(1, "=1+1", "36.00 EUR", None),
        due(2, "Ana", "1500 JPY", at("wise", "ana@mail.example")),
    ];
    let file = write(Kind::Workbook, &payer(), &rows, now()).unwrap();
    assert_eq!(file.name, "PAY-7-xlsx.xlsx");
    let mut workbook = Xlsx::new(std::io::Cursor::new(file.bytes)).unwrap();
    let range = workbook.worksheet_range("pay").unwrap();
    let cell = |at| range.get(at).unwrap();
    assert_eq!(*cell((1, 0)), Data::String("=1+1".to_owned()));
    assert_eq!(*cell((1, 3)), Data::Float(36.0));
    assert_eq!(*cell((2, 2)), Data::String("JPY".to_owned()));
    assert_eq!(*cell((2, 3)), Data::Float(1500.0));
    // Days since the last of 1899: 2026-03-03.
    let Data::DateTime(day) = cell((2, 5)) else {
        unreachable!("a day is a cell of its kind");
    };
    assert_eq!(day.as_f64().to_string(), "46084");
    assert_eq!(range.height(), 3);
}

#[test]
fn files_for_payment_services() {
    let check = |kind, rows: &[Due], expected: &str| {
        assert_eq!(
            text_of(&write(kind, &payer(), rows, now()).unwrap()),
            expected
        );
    };
    check(
        Kind::PayPal,
        &[
            due(1, "Noor", "36.00 HUF", at("paypal", "noor@mail.example")),
            due(2, "Ana", "1200.00 HUF", at("paypal", "ana@mail.example")),
        ],
        "noor@mail.example,36,HUF,ST-0001,ST-0001,PayPal\nana@mail.example,1200,HUF,ST-0002,ST-0002,PayPal\n",
    );
    check(
        Kind::Payoneer,
        &[due(
            1,
            "Noor",
            "36.5 USD",
            at("payoneer", "noor@mail.example"),
        )],
        "Recipient email,Amount,Currency,Description\nnoor@mail.example,36.50,USD,ST-0001\n",
    );
    let header = "name,recipientEmail,paymentReference,receiverType,amountCurrency,amount,sourceCurrency,targetCurrency";
    let mut agency = due(2, "=Lee, Ana\n", "1500 JPY", at("wise", "ana@mail.example"));
    agency.is_business = true;
    check(
        Kind::Wise,
        &[
            due(1, "Noor", "36.5 USD", at("wise", "noor@mail.example")),
            agency,
        ],
        &format!(
            "{header}\nNoor,noor@mail.example,ST-0001,PERSON,target,36.50,EUR,USD\n\
             \"Lee, Ana\",ana@mail.example,ST-0002,INSTITUTION,target,1500,EUR,JPY\n"
        ),
    );
    check(
        Kind::Wise,
        &[due(1, "Noor", "36.5 EUR", bank("Noor Haddad", 2))],
        &format!(
            "{header},IBAN\nNoor Haddad,p1@mail.example,ST-0001,PERSON,target,36.50,EUR,EUR,FR1420041010050500013M02606\n"
        ),
    );
}

#[test]
fn a_credit_transfer_is_as_banks_take_it() {
    let rows = [
        due(42, "Noor", "36.00 EUR", bank("Noor Haddad", 1)),
        due(
            43,
            "Olga",
            "999999999.99 EUR",
            Details::bank("O'Neil <&> Иванова", IBANS[3], Some("abnanl2a")).ok(),
        ),
    ];
    let file = write(Kind::Sepa, &payer(), &rows, now()).unwrap();
    assert_eq!(
        (file.name.as_str(), file.media_type),
        ("PAY-7-sepa.xml", "application/xml")
    );
    assert_eq!(
        text_of(&file),
        r#"<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>PAY-7</MsgId>
      <CreDtTm>2026-03-02T09:30:15Z</CreDtTm>
      <NbOfTxs>2</NbOfTxs>
      <CtrlSum>1000000035.99</CtrlSum>
      <InitgPty>
        <Nm>Muller + Sohne</Nm>
      </InitgPty>
    </GrpHdr>
    <PmtInf>
      <PmtInfId>PAY-7</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <BtchBookg>false</BtchBookg>
      <NbOfTxs>2</NbOfTxs>
      <CtrlSum>1000000035.99</CtrlSum>
      <PmtTpInf>
        <SvcLvl>
          <Cd>SEPA</Cd>
        </SvcLvl>
      </PmtTpInf>
      <ReqdExctnDt>
        <Dt>2026-03-03</Dt>
      </ReqdExctnDt>
      <Dbtr>
        <Nm>Muller + Sohne</Nm>
      </Dbtr>
      <DbtrAcct>
        <Id>
          <IBAN>DE89370400440532013000</IBAN>
        </Id>
      </DbtrAcct>
      <DbtrAgt>
        <FinInstnId>
          <BICFI>COBADEFFXXX</BICFI>
        </FinInstnId>
      </DbtrAgt>
      <ChrgBr>SLEV</ChrgBr>
      <CdtTrfTxInf>
        <PmtId>
          <EndToEndId>ST-0042</EndToEndId>
        </PmtId>
        <Amt>
          <InstdAmt Ccy="EUR">36.00</InstdAmt>
        </Amt>
        <Cdtr>
          <Nm>Noor Haddad</Nm>
        </Cdtr>
        <CdtrAcct>
          <Id>
            <IBAN>GB29NWBK60161331926819</IBAN>
          </Id>
        </CdtrAcct>
        <RmtInf>
          <Ustrd>ST-0042</Ustrd>
        </RmtInf>
      </CdtTrfTxInf>
      <CdtTrfTxInf>
        <PmtId>
          <EndToEndId>ST-0043</EndToEndId>
        </PmtId>
        <Amt>
          <InstdAmt Ccy="EUR">999999999.99</InstdAmt>
        </Amt>
        <CdtrAgt>
          <FinInstnId>
            <BICFI>ABNANL2AXXX</BICFI>
          </FinInstnId>
        </CdtrAgt>
        <Cdtr>
          <Nm>O&apos;Neil + Ivanova</Nm>
        </Cdtr>
        <CdtrAcct>
          <Id>
            <IBAN>NL91ABNA0417164300</IBAN>
          </Id>
        </CdtrAcct>
        <RmtInf>
          <Ustrd>ST-0043</Ustrd>
        </RmtInf>
      </CdtTrfTxInf>
    </PmtInf>
  </CstmrCdtTrfInitn>
</Document>
"#
    );
}

/// The number of an agency's own bill stands where it looks for it, in the letters and the length of each file.
#[test]
fn a_bill_is_paid_by_its_own_number() {
    let said = |kind, details| {
        let mut row = due(42, "Noor", "36.00 EUR", details);
        row.of[0].bill = Some("=RÉ #2026/117".to_owned());
        row.of.push(DueOf {
            reference: "ST-0043".to_owned(),
            bill: Some("118".to_owned()),
        });
        text_of(&write(kind, &payer(), &[row], now()).unwrap())
    };
    let check = |text: String, is: &str| assert!(text.contains(is), "{text}");
    let sepa = said(Kind::Sepa, bank("Noor Haddad", 1));
    check(
        sepa.clone(),
        "<Ustrd>ST-0042 RE 2026/117, ST-0043 118</Ustrd>",
    );
    check(sepa, "<EndToEndId>ST-0042</EndToEndId>");
    let whole = "ST-0042 RÉ #2026/117, ST-0043 118";
    let paypal = said(Kind::PayPal, at("paypal", "noor@mail.example"));
    check(paypal, &format!("ST-0042,\"{whole}\",PayPal"));
    let wise = said(Kind::Wise, at("wise", "noor@mail.example"));
    check(wise, &format!(",\"{whole}\","));
    let payoneer = said(Kind::Payoneer, at("payoneer", "noor@mail.example"));
    check(payoneer, whole);
    check(
        said(Kind::Plain, None),
        "ST-0042 =RÉ #2026/117, ST-0043 118",
    );
}

#[test]
fn what_cannot_be_written_is_refused_whole() {
    let check = |kind, payer: &Payer, rows: &[Due], code: &str, message: &str| {
        let error = write(kind, payer, rows, now()).unwrap_err();
        assert_eq!(error.code, code);
        assert!(error.message.contains(message), "{}", error.message);
    };
    let noor = due(1, "Noor", "36.00 EUR", bank("Noor Haddad", 1));
    let no_letters = due(
        2,
        "Dots",
        "36.00 EUR",
        Details::bank("…", IBANS[1], None).ok(),
    );
    check(
        Kind::Sepa,
        &payer(),
        &[noor.clone(), no_letters],
        "pay.file_name",
        "Latin letters",
    );
    let poor = due(2, "Ana", "36.00 EUR", None);
    check(
        Kind::Sepa,
        &payer(),
        &[noor.clone(), poor],
        "pay.no_details",
        "have none: Ana",
    );
    check(
        Kind::Wise,
        &payer(),
        &[],
        "pay.file_empty",
        "nothing is owed",
    );
    let mut cash = payer();
    cash.details = None;
    check(Kind::Sepa, &cash, &[noor], "pay.no_payer", "IBAN");
}

/// Without a BIC the bank is looked up by the IBAN.
#[test]
fn a_payer_without_a_bic() {
    let mut payer = payer();
    payer.details = bank("Studio", 3);
    let rows = [due(1, "Noor", "36.00 EUR", bank("Noor Haddad", 1))];
    let text = text_of(&write(Kind::Sepa, &payer, &rows, now()).unwrap());
    let joined: String = text.split_whitespace().collect();
    assert!(
        joined.contains(
            "<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>"
        )
    );
}

#[test]
fn a_statement_as_a_table() {
    let mut desk = Desk::new();
    let first = desk.hours(0, 0, "2026-01-05", 36_000, "20.00 EUR");
    desk.state("2026-01-01", &["EUR"]);
    desk.pay(1, payment(money("200.00 EUR"), "2026-02-02"));
    desk.reverse(first);
    desk.state("2026-02-01", &["EUR"]);
    desk.hours(0, 2, "2026-03-04", 5400, "20.00 EUR");
    desk.earn(
        0,
        1,
        day("2026-03-31"),
        Quantity::Days { days: 10, of: 31 },
        money("310.00 EUR"),
    );
    desk.earn(
        0,
        1,
        day("2026-03-06"),
        Quantity::Times(1),
        money("25.00 EUR"),
    );
    // Somebody else's work is on somebody else's statement.
    desk.hours(1, 0, "2026-03-04", 5400, "77.00 EUR");
    desk.state("2026-03-01", &["EUR"]);
    let noor = desk.statements.iter().find(|it| it.number == 3).unwrap();
    let about = |line: u64| About {
        assignment: (line == 8).then_some(12),
        milestone: if line == 7 { "=moved in" } else { "" }.to_owned(),
        ..About::default()
    };
    assert_eq!(
        to_table(noor, &names_of_activities, &about).to_csv(),
        "reference,day,activity,line,takes_back,quantity,unit,price,currency,amount,time,assignment,milestone,why\n\
         ST-0003,2026-03-04,'=cmd(),6,,1.5,hour,20.00,EUR,30.00,1:30:00,,,\n\
         ST-0003,2026-03-06,Booking & (invoices): all,8,,1,assignment,25.00,EUR,25.00,,12,,\n\
         ST-0003,2026-03-31,Booking & (invoices): all,7,,10 of 31 days,retainer,310.00,EUR,100.00,,,'=moved in,\n\
         ST-0003,2026-03-31,(carried over),,,,,,EUR,-200.00,,,,\n\
         ST-0003,2026-03-31,(sum),,,,,,EUR,-45.00,,,,\n"
    );
}
