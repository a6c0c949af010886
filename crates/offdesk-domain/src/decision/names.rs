//! Short names of the inputs, for tables and pictures.

use super::Input;

impl Input {
    /// What it is in a few words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ValueOfWorkHour => "worth of your best hour",
            Self::ValueOfRestHour => "worth of an hour off",
            Self::ShareRedeployed => "share of freed hours worked",
            Self::OwnerHours => "your hours each time",
            Self::TimesPerWeek => "times a week",
            Self::Weeks => "weeks to look ahead",
            Self::Rate => "their price of an hour",
            Self::Load => "fees on top of it",
            Self::FirstTimeRatio => "their time, the first time",
            Self::SteadyRatio => "their time, once learned",
            Self::LearningRate => "how fast they learn",
            Self::CommunicationHours => "your talk each time",
            Self::ReviewHours => "your hours for a review",
            Self::FullReviewTimes => "times you review all of it",
            Self::ReviewShare => "share you review after that",
            Self::FaultRate => "their share with a fault",
            Self::Detection => "share of faults found",
            Self::ReworkHours => "their hours for a fault",
            Self::ExplainHours => "your hours for a fault",
            Self::EscapeCost => "cost of a fault that gets out",
            Self::OwnFaultRate => "your own share with a fault",
            Self::BlueprintHours => "hours for the blueprint",
            Self::OnboardingHours => "hours to bring them in",
            Self::TrainingHours => "their paid training",
            Self::DiscountRate => "what a year of waiting costs",
            Self::LeavingsPerYear => "how often they leave",
            Self::QualityGain => "worth of better work",
            Self::CostEachTime => "other cost each time",
        }
    }
}
