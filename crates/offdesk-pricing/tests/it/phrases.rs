//! Everyday texts of owners with the kind each is.

use offdesk_domain::activity::Folder;
use offdesk_pricing::{WorkText, kind_of, kinds};

/// Text, a bar, and the slug.
const PHRASES: &str = "
Re: invoice 4711 | accounts-receivable
invoice 4712 – Meyer | accounts-receivable
Invoicing | accounts-receivable
Send invoices to clients | accounts-receivable
Chasing late payments | accounts-receivable
Overdue invoices follow up | accounts-receivable
Rechnungen schreiben | accounts-receivable
Mahnungen | accounts-receivable
Paying bills | accounts-payable
Supplier invoices entered | accounts-payable
Eingangsrechnungen | accounts-payable
Bookkeeping | bookkeeping
Monthly bookkeeping | bookkeeping
Buchhaltung März | bookkeeping
Quickbooks | bookkeeping
Xero catch up | bookkeeping
Reconcile Stripe payouts | bank-reconciliation
Bank reconciliation Q1 | bank-reconciliation
Match bank transactions | bank-reconciliation
Receipts | expense-reports
Sorting receipts for March | expense-reports
Expenses | expense-reports
Reisekostenabrechnung | expense-reports
VAT return | sales-tax
Umsatzsteuervoranmeldung | sales-tax
Sales tax filing | sales-tax
Tax return prep | tax-preparation
Steuererklärung 2025 | tax-preparation
Run payroll | payroll
Payroll – July | payroll
Lohnabrechnung | payroll
Month end close | month-end-close
Cash flow forecast | cfo-advisory
Budget 2026 | fp-and-a
Inbox | inbox-triage
Emails | inbox-triage
Answering e-mail | inbox-triage
E-Mails beantworten | inbox-triage
Clearing my inbox | inbox-triage
Admin | va-general
General admin | va-general
Paperwork | va-general
Büro | va-general
Calendar | calendar-management
Scheduling meetings | calendar-management
Booking and reminders | scheduling-reminders
Appointment reminders | scheduling-reminders
Confirm appointments for next week | scheduling-reminders
Terminvergabe | scheduling-reminders
Staff rota | staff-scheduling
Dienstplan erstellen | staff-scheduling
Book flights to Berlin | travel-booking
Hotel booking | travel-booking
Travel planning | travel-booking
Meeting notes | meeting-notes
Minutes board | meeting-notes
Filing | file-organising
Scanning documents | file-organising
Data entry | data-entry
Update the database | data-entry
Update CRM | crm-hygiene
Web research | web-research
Recherche | web-research
Transcribe interview with Anna | transcription
Answering the phone | phone-answering
Voicemails | phone-answering
Post office | mail-handling
Processing orders | order-processing
Bestellungen bearbeiten | order-processing
Packing orders | packing-shipping
Packing and shipping | packing-shipping
Pakete packen | packing-shipping
Shipping labels | packing-shipping
Where is my order | order-tracking
Ordering parts | ordering-supplies
Order supplies for workshop | ordering-supplies
Material bestellen | ordering-supplies
Office supplies | ordering-supplies
Stocktake | stock-taking
Restocking shelves | stock-taking
Inventur | stock-taking
Compare quotes from suppliers | procurement
Status report project X | project-coordination
Project planning | project-management
Writing SOPs | process-documentation
Customer support | support-email
Support tickets | support-email
Answering customer emails | support-email
Refunds | complaints-refunds
Re: refund Meyer | complaints-refunds
Processing returns | complaints-refunds
Reklamation bearbeiten | complaints-refunds
Reply to Google reviews | review-management
Onboard new client | customer-success
Set up new laptop | it-helpdesk
Printer problems | it-helpdesk
re-arranging PPC campaigns | ppc-management
Google Ads | ppc-management
Facebook ads | paid-social
SEO | seo-onpage
SEO blog post 1200 words | blog-writing
Blog post | blog-writing
Write blog article | blog-writing
Newsletter | newsletter
Newsletter May 2026 | newsletter
Mailchimp campaign | email-marketing
Social media | social-media-posting
Instagram posts | social-media-posting
Schedule social media posts | social-media-posting
Social media strategy | social-media-strategy
Press release | public-relations
Trade show prep | event-planning
Website updates | website-updates
Update website | website-updates
Webseite aktualisieren | website-updates
WordPress plugin updates | wordpress-site
Landing page design | web-design
Flyer design | graphic-design
Canva graphics | graphic-design
Logo design | logo-branding
Slides for investor meeting | presentation-design
Pitch deck | presentation-design
Edit video | video-editing
Instagram reels | short-form-video
Podcast editing | podcast-editing
Edit photos | photo-editing
Product photos | photography
Proofreading | proofreading
Translate contract into German | translation
Übersetzung Website | translation
Fix bugs | web-dev-fullstack
Code review | web-dev-fullstack
Deployment | devops
Server maintenance | sysadmin
Excel | spreadsheet-work
Sales report | dashboards
Lead list | lead-generation
Find leads | lead-generation
Cold emails | cold-outreach
Cold calling | cold-calling
Sales call with Acme | sales-closing
Quotes | proposal-quotes
Prepare quote for Smith | proposal-quotes
Angebot schreiben | proposal-quotes
Kostenvoranschlag Müller | proposal-quotes
Devis | proposal-quotes
Job ad for assistant | recruiting-sourcing
Job interviews | recruiting-full
Screen CVs | recruiting-full
Hiring | recruiting-full
Train new employee | staff-training
Contract review | contract-review
Datenschutz | compliance-admin
Permit application | legal-admin
Product listings | ecommerce-listings
Write product descriptions | ecommerce-listings
Etsy shop | ecommerce-ops
Driving | driving-errands
Running errands | driving-errands
Pick up materials | driving-errands
Deliveries | delivery-driving
Cleaning the shop | cleaning
Putzen | cleaning
Site visit Miller | site-visits
Job site visits | site-visits
Baustelle | site-visits
Serving customers | retail-sales
Shop floor | retail-sales
Mowing lawns | landscaping
Fix leak at Jones | plumbing-heating
Painting the kitchen walls | painting-decorating
Baking bread | baking
Food prep | cooking-food-prep
Weekly planning | strategy-planning
Business plan | strategy-planning
Networking event | networking
Coaching session | coaching
Tenant calls | property-management
Dog walking | pet-care
Stand-up meeting | project-management
Team meeting | team-meetings
Pricing | pricing-work
Medical billing | medical-billing
Tutoring | tutoring
Comptabilité | bookkeeping
Facturation | accounts-receivable
Facturas | accounts-receivable
";

fn slug_of(description: &str) -> Option<&'static str> {
    let mut folder = Folder::new();
    kind_of(&WorkText {
        description: folder.fold(description),
        ..WorkText::default()
    })
    .map(|found| found.kind.slug)
}

#[test]
fn everyday_texts_have_their_kind() {
    let mut count = 0;
    let mut faults = Vec::new();
    for line in PHRASES.trim().lines() {
        let (text, slug) = line.split_once(" | ").unwrap();
        count += 1;
        let found = slug_of(text);
        if found != Some(slug) {
            faults.push(format!("{text:?} is {slug}, read as {found:?}"));
        }
    }
    assert!(count >= 150, "{count}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_kind_is_found_by_its_own_name() {
    for kind in kinds() {
        assert_eq!(slug_of(kind.name), Some(kind.slug), "{}", kind.name);
    }
}

#[test]
fn where_an_entry_is_filed_counts_less_than_what_it_says() {
    let sure = |description, task, tags, project| {
        let mut folders = [const { None }; 4].map(|_: Option<()>| Folder::new());
        let [a, b, c, d] = &mut folders;
        kind_of(&WorkText {
            description: a.fold(description),
            task: b.fold(task),
            tags: c.fold(tags),
            project: d.fold(project),
        })
        .map(|found| (found.kind.slug, found.confidence))
    };
    let said = sure("Bookkeeping", "", "", "").unwrap();
    let filed = ["task", "tags", "project"].map(|field| match field {
        "task" => sure("Meyer", "Bookkeeping", "", "").unwrap(),
        "tags" => sure("Meyer", "", "Bookkeeping", "").unwrap(),
        _ => sure("Meyer", "", "", "Bookkeeping").unwrap(),
    });
    let mut before = said;
    for found in filed {
        assert_eq!(found.0, "bookkeeping");
        assert!(found.1 < before.1, "{found:?} {before:?}");
        before = found;
    }
    assert_eq!(
        sure("Send invoices", "Bookkeeping", "", "").unwrap().0,
        "accounts-receivable"
    );
    assert!(sure("Bookkeeping", "Bookkeeping", "", "").unwrap().1 >= said.1);
    assert_eq!(sure("Sync", "", "", "Meyer"), None);
}

#[test]
fn confidence_falls_with_what_is_not_read() {
    let sure = |description: &str| {
        let mut folder = Folder::new();
        kind_of(&WorkText {
            description: folder.fold(description),
            ..WorkText::default()
        })
        .map_or(0, |found| found.confidence)
    };
    let chain = [
        "bank reconciliation",
        "bank reconciliation zebra",
        "bank reconciliation zebra lion giraffe",
        "bank reconciliation zebra lion giraffe newsletter",
    ];
    for pair in chain.windows(2) {
        assert!(sure(pair[0]) > sure(pair[1]), "{pair:?}");
    }
    assert!(sure("bank reconciliation") >= 88);
    assert!(sure("bank reconciliation zebra") > sure("invoice zebra"));
    assert!(sure("invoice zebra") >= 55);
}
