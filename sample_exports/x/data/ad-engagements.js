window.YTD.ad_engagements.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "adEngagements" : {
          "engagements" : [
            {
              "impressionAttributes" : {
                "deviceInfo" : {
                  "osType" : "Android",
                  "deviceId" : "a81f33d07c2e94b5"
                },
                "displayLocation" : "TimelineHome",
                "promotedTweetInfo" : {
                  "tweetId" : "1851686525465554944",
                  "tweetText" : "Bulbs for spring",
                  "urls" : [
                    "https://t.example/ad1"
                  ],
                  "mediaUrls" : []
                },
                "advertiserInfo" : {
                  "advertiserName" : "Larkspur Garden Shop",
                  "screenName" : "@larkspurgarden"
                },
                "matchedTargetingCriteria" : [
                  {
                    "targetingType" : "List",
                    "targetingValue" : "Newsletter 2024"
                  },
                  {
                    "targetingType" : "Locations",
                    "targetingValue" : "United Kingdom"
                  },
                  {
                    "targetingType" : "Age",
                    "targetingValue" : "25 to 54"
                  }
                ],
                "impressionTime" : "2024-10-30 18:04:05"
              },
              "engagementAttributes" : [
                {
                  "engagementTime" : "2024-10-30 18:04:31",
                  "engagementType" : "ChargeableImpression"
                },
                {
                  "engagementTime" : "2024-10-30 18:04:40",
                  "engagementType" : "DetailExpand"
                }
              ]
            }
          ]
        }
      }
    }
  }
]