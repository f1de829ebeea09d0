window.YTD.tweet_headers.part0 = [
  {
    "tweet" : {
      "tweet_id" : "442359088542674944",
      "user_id" : "2398471065",
      "created_at" : "Sat Mar 08 18:00:00 +0000 2014"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "605275083371474944",
      "user_id" : "2398471065",
      "created_at" : "Mon Jun 01 07:30:00 +0000 2015"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "766968019153874944",
      "user_id" : "2398471065",
      "created_at" : "Sat Aug 20 12:00:00 +0000 2016"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1077353221845970944",
      "user_id" : "2398471065",
      "created_at" : "Mon Dec 24 23:59:59 +0000 2018"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1389808342922194944",
      "user_id" : "2398471065",
      "created_at" : "Wed May 05 05:05:05 +0000 2021"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1697011322975186944",
      "user_id" : "2398471065",
      "created_at" : "Wed Aug 30 22:20:03 +0000 2023"
    }
  }
]