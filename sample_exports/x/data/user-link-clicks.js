window.YTD.user_link_clicks.part0 = [
  {
    "userInteractionsData" : {
      "linkClick" : {
        "tweetId" : "1850824826680274944",
        "finalUrl" : "https://clinic.example/appointments",
        "timeStampOfInteraction" : "2024-10-28T09:14:00.000Z"
      }
    }
  }
]