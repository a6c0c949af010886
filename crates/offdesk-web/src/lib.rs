//! stub
pub mod audit {
    //! stub
    pub mod page {
        //! stub
        /// stub
        pub fn audit_page(_: &offdesk_actions::audit::AuditReport, _: &str) -> String {
            String::new()
        }
    }
}
