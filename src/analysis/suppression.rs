//! What has to be hidden before counts are published.
