"""Gap: an AWS::CloudWatch::Alarm with Metrics (what CDK writes for metric math and cross-account metrics) is refused.

It is kept with the metric of its returned expression's first source; alarms do not move by themselves here, so which
one is of no consequence until someone sets the state.
"""

ENGINE_VERSION = "1.5.33"
SIMPLE = {"SampleCount", "Average", "Sum", "Minimum", "Maximum"}


def install(launch):
    from ministack.services.cloudformation import provisioners

    record = provisioners._cw_metric_alarm_record

    def metric_alarm_record(name, properties):
        queries = properties.get("Metrics")
        if not queries:
            return record(name, properties)
        plain = {key: value for key, value in properties.items() if key != "Metrics"}
        stat = next((each["MetricStat"] for each in queries if each.get("MetricStat")), None)
        if stat is None:
            raise ValueError("AWS::CloudWatch::Alarm Metrics must have a MetricStat")
        metric = stat["Metric"]
        kind = "Statistic" if stat["Stat"] in SIMPLE else "ExtendedStatistic"
        return record(name, {
            **plain, "Namespace": metric["Namespace"], "MetricName": metric["MetricName"],
            "Dimensions": metric.get("Dimensions", []), "Period": stat["Period"], kind: stat["Stat"],
        })

    provisioners._cw_metric_alarm_record = metric_alarm_record
