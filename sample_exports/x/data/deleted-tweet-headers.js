window.YTD.deleted_tweet_headers.part0 = [
  {
    "tweet" : {
      "tweet_id" : "1848144666424274944",
      "user_id" : "2398471065",
      "created_at" : "Sun Oct 20 23:30:00 +0000 2024",
      "deleted_at" : "Mon Oct 21 06:00:00 +0000 2024"
    }
  }
]