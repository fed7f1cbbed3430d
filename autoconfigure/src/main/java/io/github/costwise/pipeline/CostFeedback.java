package io.github.costwise.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an application may say of the answers of routed turns. Ratings count for the
 * routing configuration that chose the model, beside those that Costwise makes itself: a
 * turn that failed or had to be repeated is bad. A candidate whose answers are worse than
 * its bound allows goes back by itself. Remembers the last {@value #MOST} turns.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostFeedback {

	static final int MOST = 10_000;

	private final Rollout rollout;

	private final Map<String, String> versions = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
			return size() > MOST;
		}

	};

	CostFeedback(Rollout rollout) {
		this.rollout = rollout;
	}

	void remember(CostTurn turn, TurnRoute route) {
		if (route.acting()) {
			synchronized (this.versions) {
				this.versions.put(turn.id(), route.version());
			}
		}
	}

	/**
	 * Rates the answer of a turn, once.
	 * @param turnId id of the turn: {@link CostTurn#id()}, or {@code costwise.turn.id} in
	 * the metadata of a routed response
	 * @param good whether the answer was good enough
	 * @return whether the turn was known; not so when its model was not chosen by
	 * routing, it is too long ago, another instance answered it, or it was rated before
	 */
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
