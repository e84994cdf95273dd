"""Gap: the engine serves plain http on loopback, so that bucket policies which demand TLS (the bootstrap's, and what
CDK's enforceSSL writes) deny every request. On AWS the same SDK call comes over TLS: loopback counts as such.
"""

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack import app

    pin_request_origin = app.pin_request_origin
    app.pin_request_origin = lambda source_ip, secure_transport: pin_request_origin(source_ip, True)
