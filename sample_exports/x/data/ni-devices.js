window.YTD.ni_devices.part0 = [
  {
    "niDeviceResponse" : {
      "pushDevice" : {
        "deviceVersion" : "14",
        "deviceType" : "Android",
        "token" : "apa91bSecretPushToken77",
        "udid" : "a81f33d07c2e94b5",
        "createdDate" : "2023.06.01",
        "updatedDate" : "2024.11.04"
      }
    }
  },
  {
    "niDeviceResponse" : {
      "messagingDevice" : {
        "phoneNumber" : "+447700900123",
        "carrier" : "uk.example-mobile",
        "deviceType" : "Auth",
        "createdDate" : "2018.05.25",
        "updatedDate" : "2018.05.25"
      }
    }
  }
]