package io.github.costwise.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostFeedback;

/** Remembers which configuration routed the last turns. Thread-safe. */
final class RatedTurns implements CostFeedback {

	static final int MOST = 10_000;

	private final Rollout rollout;

	private final Map<String, String> versions = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
			return size() > MOST;
		}

	};

	RatedTurns(Rollout rollout) {
		this.rollout = rollout;
	}

	void remember(CostTurn turn, TurnRoute route) {
		if (route.acting()) {
			synchronized (this.versions) {
				this.versions.put(turn.id(), route.version());
			}
		}
	}

	@Override
	public boolean rate(String turnId, boolean good) {
		String version = forget(turnId);
		if (version != null) {
			this.rollout.rate(version, good);
		}
		return version != null;
	}

	private @Nullable String forget(String turnId) {
		synchronized (this.versions) {
			return this.versions.remove(turnId);
		}
	}

}
