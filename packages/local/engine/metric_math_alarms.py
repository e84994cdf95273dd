"""Gap: an AWS::CloudWatch::Alarm with Metrics (what CDK writes for metric math and cross-account metrics) is refused.

It is kept with its queries, by which it is evaluated, and with the metric of the first one.
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
        made = record(name, {
            **plain, "Namespace": metric["Namespace"], "MetricName": metric["MetricName"],
            "Dimensions": metric.get("Dimensions", []), "Period": stat["Period"], kind: stat["Stat"],
        })
        made["Metrics"] = queries
        return made

    provisioners._cw_metric_alarm_record = metric_alarm_record
