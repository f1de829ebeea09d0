window.YTD.ad_mobile_conversions_unattributed.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "unattributedMobileAppConversions" : {
          "conversions" : [
            {
              "mobilePlatform" : "Android",
              "conversionEvent" : "ReEngage",
              "applicationName" : "Cycle Diary",
              "conversionValue" : "0",
              "conversionTime" : "2024-11-01 06:31:00",
              "additionalParameters" : {
                "numberItems" : "1"
              }
            }
          ]
        }
      }
    }
  }
]