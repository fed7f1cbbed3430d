package io.github.costwise.pipeline;

import java.util.Map;

import io.github.costwise.CostFeedback;
import io.github.costwise.bounded.RecentMap;

/** Remembers which configuration routed the last turns. Thread-safe. */
final class RatedTurns implements CostFeedback {

	static final int MOST = 10_000;

	private final Rollout rollout;

	private final Map<String, String> versions = RecentMap.shared(MOST);

	RatedTurns(Rollout rollout) {
		this.rollout = rollout;
	}

	void remember(CostTurn turn, TurnRoute route) {
		if (route.acting()) {
			this.versions.put(turn.id(), route.version());
		}
	}

	@Override
	public boolean rate(String turnId, boolean good) {
		String version = this.versions.remove(turnId);
		if (version != null) {
			this.rollout.rate(version, good);
		}
		return version != null;
	}

}
