"""Gap: a Distributed Map reads its bounds from its definition only, not from its input.

MaxConcurrencyPath, ToleratedFailureCountPath and ToleratedFailurePercentagePath are resolved in the map's input.
"""

ENGINE_VERSION = "1.5.33"

BOUNDS = ("MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage")


def install(launch):
    from ministack.services import stepfunctions

    run = stepfunctions._run_distributed_map

    def run_distributed_map(state_def, raw_input, effective, iterator, execution, ctx):
        bounds = {
            bound: stepfunctions._resolve_path_or_ctx(state_def[f"{bound}Path"], effective, ctx)
            for bound in BOUNDS
            if f"{bound}Path" in state_def
        }
        for bound, value in bounds.items():
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise stepfunctions._ExecutionError(
                    "States.Runtime", f"The value referenced by {bound}Path must be a number, is {value!r}")
        return run({**state_def, **bounds}, raw_input, effective, iterator, execution, ctx)

    stepfunctions._run_distributed_map = run_distributed_map
