package io.github.costwise.accounting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.costwise.Money;
import io.github.costwise.bounded.RecentMap;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Operation;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.Deployment;
import io.github.costwise.spi.CostListener;

/**
 * Sums up the chat calls of each deployment since start, for the {@value #MOST}
 * deployments that were called last. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Deployments implements CostListener {

	static final int MOST = 100;

	private final Map<Deployment, DeploymentTotals> totals = new RecentMap<>(MOST);

	@Override
	public void onCall(CallRecord call) {
		if (call.target().operation() == Operation.CHAT) {
			add(Deployment.of(call), call);
		}
	}

	private synchronized void add(Deployment deployment, CallRecord call) {
		this.totals.computeIfAbsent(deployment, (key) -> new DeploymentTotals()).add(call);
	}

	/**
	 * Returns the sums.
	 * @return the deployment that was called last first
	 */
	public synchronized List<DeploymentSums> recent() {
		List<DeploymentSums> entries = new ArrayList<>();
		this.totals.forEach((deployment, sums) -> entries.add(sums.entry(deployment)));
		Collections.reverse(entries);
		return entries;
	}

	/**
	 * The calls of one deployment since start.
	 *
	 * @param deployment what they have in common
	 * @param calls how many calls
	 * @param failures how many of them failed or timed out
	 * @param cost what they cost
	 * @param meanLatency mean time from sending to the end of the answer
	 */
	public record DeploymentSums(Deployment deployment, long calls, long failures, Money cost, Duration meanLatency) {

	}

	private static final class DeploymentTotals {

		private long calls;

		private long failures;

		private Money cost = Money.ZERO;

		private Duration latency = Duration.ZERO;

		private void add(CallRecord call) {
			boolean failed = call.outcome() == Outcome.FAILED || call.outcome() == Outcome.TIMED_OUT;
			this.calls++;
			this.failures += failed ? 1 : 0;
			this.cost = this.cost.plus(call.price().amount());
			this.latency = this.latency.plus(call.timing().latency());
		}

		private DeploymentSums entry(Deployment deployment) {
			return new DeploymentSums(deployment, this.calls, this.failures, this.cost,
					this.latency.dividedBy(this.calls));
		}

	}

}
