"""The log (操作ログ): who did what, when, from where; append-only, hash-chained."""
