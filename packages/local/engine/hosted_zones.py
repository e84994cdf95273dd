"""Gap: a hosted zone that a template names and that nobody made here has no place for the template's records.

A zone is bought and delegated outside of any stack. Its records are kept here under the id that the template names,
so that a release with names of its own deploys; nothing on this machine is resolved by them.
"""

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.services import route53
    from ministack.services.cloudformation import provisioners

    handlers = provisioners._RESOURCE_HANDLERS["AWS::Route53::RecordSet"]
    create = handlers["create"]

    def create_record(logical_id, properties, stack_name):
        zone_id = provisioners._r53_normalize_hosted_zone_id(properties.get("HostedZoneId"))
        if zone_id:
            with route53._lock:
                if zone_id not in route53._zones:
                    keep_zone(zone_id, zone_name(properties))
        return create(logical_id, properties, stack_name)

    def keep_zone(zone_id, name):
        route53._zones[zone_id] = {
            "id": zone_id,
            "name": name,
            "caller_reference": f"template:{zone_id}",
            "comment": "named by a template",
            "private": False,
            "vpcs": [],
        }
        route53._records[zone_id] = route53._default_records(name)

    def zone_name(properties):
        """The record's own name: the zone may be that of any parent."""
        return route53._normalise_name(str(properties.get("Name", "")).removeprefix("*."))

    handlers["create"] = create_record
