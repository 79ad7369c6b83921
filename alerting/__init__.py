"""What is told: subscriptions, mails, their delivery."""
