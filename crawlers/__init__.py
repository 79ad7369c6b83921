"""The web in, articles out: sources as data, Scrapy spiders, readers in killable workers."""
