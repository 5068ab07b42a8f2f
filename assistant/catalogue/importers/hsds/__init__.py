"""Open Referral HSDS."""
