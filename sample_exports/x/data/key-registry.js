window.YTD.key_registry.part0 = [
  {
    "keyRegistryData" : {
      "userId" : "2398471065",
      "registeredDevices" : {
        "deviceMetadataList" : [
          {
            "userAgent" : "TwitterAndroid/10.21 Pixel 7/14",
            "registrationToken" : "regSecretToken-4410",
            "identityKey" : "MFkwSecretIdentityKey==",
            "createdAt" : "2023-11-20T09:00:00.000Z",
            "deviceId" : "5d7a0c1e-90aa-4c55-8a31-1f2e3d4c5b6a"
          }
        ]
      },
      "deregisteredDevices" : {
        "deRegisteredDeviceMetadataList" : [
          {
            "userAgent" : "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0",
            "registrationToken" : "regSecretToken-1107",
            "identityKey" : "MFkwSecretIdentityKey2==",
            "createdAt" : "2023-07-01T09:00:00.000Z",
            "deviceId" : "0b1c2d3e-1111-4222-8333-944455566677"
          }
        ]
      }
    }
  }
]