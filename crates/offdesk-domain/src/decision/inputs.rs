//! The inputs of a decision, each with its limits, its default and one plain sentence.

/// One input of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is described by its row of the table below"
)]
pub enum Input {
    ValueOfWorkHour,
    ValueOfRestHour,
    ShareRedeployed,
    OwnerHours,
    TimesPerWeek,
    Weeks,
    Rate,
    Load,
    FirstTimeRatio,
    SteadyRatio,
    LearningRate,
    CommunicationHours,
    ReviewHours,
    FullReviewTimes,
    ReviewShare,
    FaultRate,
    Detection,
    ReworkHours,
    ExplainHours,
    EscapeCost,
    OwnFaultRate,
    BlueprintHours,
    OnboardingHours,
    TrainingHours,
    DiscountRate,
    LeavingsPerYear,
    QualityGain,
    CostEachTime,
}

/// What an input is, what it may be, and what it is where nobody said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Which one.
    pub input: Input,
    /// Its key in a case file.
    pub key: &'static str,
    /// The least it may be.
    pub least: f64,
    /// The most it may be.
    pub most: f64,
    /// What it is where nobody said; `None` where it has to be said, or follows from what was.
    pub default: Option<f64>,
    /// One plain sentence.
    pub what: &'static str,
}

const fn row(
    input: Input,
    key: &'static str,
    (least, most): (f64, f64),
    default: Option<f64>,
    what: &'static str,
) -> Row {
    Row {
        input,
        key,
        least,
        most,
        default,
        what,
    }
}

// An hour's work may cost millions, in currencies of small units.
const MONEY: (f64, f64) = (0.0, 1e9);
const HOURS: (f64, f64) = (0.0, 1e4);
const SHARE: (f64, f64) = (0.0, 1.0);

/// Every input, in the order of the case file; defaults as `decision-science.md` has them, section 2.6.
pub const INPUTS: [Row; 28] = [
    row(
        Input::ValueOfWorkHour,
        "value_of_work_hour",
        MONEY,
        None,
        "what an hour of your own best work is worth",
    ),
    row(
        Input::ValueOfRestHour,
        "value_of_rest_hour",
        MONEY,
        None,
        "what an hour off is worth to you",
    ),
    row(
        Input::ShareRedeployed,
        "share_redeployed",
        SHARE,
        Some(0.5),
        "share of freed hours that goes to your best work",
    ),
    row(
        Input::OwnerHours,
        "owner_hours",
        (1e-6, 1e4),
        None,
        "hours it takes you each time",
    ),
    row(
        Input::TimesPerWeek,
        "times_per_week",
        (1e-6, 200.0),
        None,
        "how often it comes up in a week",
    ),
    row(
        Input::Weeks,
        "weeks",
        (1.0, 520.0),
        Some(52.0),
        "weeks to look ahead, whole ones",
    ),
    row(
        Input::Rate,
        "rate",
        MONEY,
        None,
        "what the other person asks for an hour",
    ),
    row(
        Input::Load,
        "load",
        (0.0, 100.0),
        Some(1.07),
        "fees and employer's share: a factor on the rate",
    ),
    row(
        Input::FirstTimeRatio,
        "first_time_ratio",
        (0.0, 100.0),
        Some(2.0),
        "their time beside yours, the first time",
    ),
    row(
        Input::SteadyRatio,
        "steady_ratio",
        (0.0, 100.0),
        Some(1.3),
        "their time beside yours, once learned",
    ),
    row(
        Input::LearningRate,
        "learning_rate",
        (1e-3, 1.0),
        Some(0.85),
        "their time after twice as many times, as a share",
    ),
    row(
        Input::CommunicationHours,
        "communication_hours",
        HOURS,
        Some(0.05),
        "your hours of talk each time",
    ),
    row(
        Input::ReviewHours,
        "review_hours",
        HOURS,
        Some(0.2),
        "your hours for one review",
    ),
    row(
        Input::FullReviewTimes,
        "full_review_times",
        (0.0, 1e5),
        Some(12.0),
        "times you review all of it, whole ones",
    ),
    row(
        Input::ReviewShare,
        "review_share",
        SHARE,
        Some(0.2),
        "share you review after that",
    ),
    row(
        Input::FaultRate,
        "fault_rate",
        SHARE,
        Some(0.1),
        "share of their deliverables with a fault",
    ),
    row(
        Input::Detection,
        "detection",
        SHARE,
        Some(0.8),
        "share of faults that one review finds",
    ),
    row(
        Input::ReworkHours,
        "rework_hours",
        HOURS,
        Some(0.5),
        "their hours to put a fault right",
    ),
    row(
        Input::ExplainHours,
        "explain_hours",
        HOURS,
        Some(0.1),
        "your hours to explain a fault",
    ),
    row(
        Input::EscapeCost,
        "escape_cost",
        (0.0, 1e9),
        Some(80.0),
        "what a fault costs that gets out",
    ),
    row(
        Input::OwnFaultRate,
        "own_fault_rate",
        SHARE,
        Some(0.03),
        "share of your own deliverables with a fault",
    ),
    row(
        Input::BlueprintHours,
        "blueprint_hours",
        HOURS,
        Some(4.0),
        "your hours to write the blueprint, once",
    ),
    row(
        Input::OnboardingHours,
        "onboarding_hours",
        HOURS,
        Some(3.0),
        "your hours to bring a person in",
    ),
    row(
        Input::TrainingHours,
        "training_hours",
        HOURS,
        Some(4.0),
        "their paid hours to learn it",
    ),
    row(
        Input::DiscountRate,
        "discount_rate",
        (0.0, 10.0),
        Some(0.1),
        "what a year of waiting takes off money",
    ),
    row(
        Input::LeavingsPerYear,
        "leavings_per_year",
        (0.0, 50.0),
        Some(0.3),
        "how often the person changes in a year",
    ),
    row(
        Input::QualityGain,
        "quality_gain",
        (-1e9, 1e9),
        Some(0.0),
        "what their better work is worth each time",
    ),
    row(
        Input::CostEachTime,
        "cost_each_time",
        (0.0, 1e9),
        Some(0.0),
        "what each time costs beside their hours",
    ),
];
