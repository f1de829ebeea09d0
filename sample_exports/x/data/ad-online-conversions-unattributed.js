window.YTD.ad_online_conversions_unattributed.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "unattributedOnlineConversions" : {
          "conversions" : [
            {
              "eventType" : "Purchase",
              "conversionPlatform" : "Mobile",
              "conversionUrl" : "https://larkspur.example/order/done",
              "advertiserInfo" : {
                "advertiserName" : "Larkspur Garden Shop",
                "screenName" : "@larkspurgarden"
              },
              "conversionValue" : "2350",
              "conversionTime" : "2024-11-02 20:00:00",
              "additionalParameters" : {
                "currency" : "GBP"
              }
            }
          ]
        }
      }
    }
  }
]