package io.github.costwise.fallback;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.FallbackSpike;

/**
 * Watches how many of the latest turns fell back, and tells a listener once when they
 * become too many: again only after their share was below half the bound. The window
 * slides in steps of a sixtieth of its length. Thread-safe; the listener is called on the
 * thread that counts, outside of any lock, and must not throw.
 *
 * @since 0.1.0
 */
public final class FallbackRate {

	private static final int SLICES = 60;

	private final SpikeSettings settings;

	private final Clock clock;

	private final Consumer<FallbackSpike> listener;

	private final Deque<Slice> slices = new ArrayDeque<>();

	private long turns;

	private long fallen;

	private boolean spiking;

	/**
	 * Creates an empty window.
	 * @param settings when it is a spike
	 * @param clock tells the time
	 * @param listener is notified of spikes
	 */
	public FallbackRate(SpikeSettings settings, Clock clock, Consumer<FallbackSpike> listener) {
		this.settings = settings;
		this.clock = clock;
		this.listener = listener;
	}

	/** Counts a turn that did not fall back. */
	public void answered() {
		count(null);
	}

	/**
	 * Counts a turn that fell back, whether or not it was answered in the end.
	 * @param target the target that failed first
	 */
	public void fellBack(String target) {
		count(target);
	}

	/**
	 * Returns the share of the turns in the window that fell back.
	 * @return the share as a spike would report it, 0 without any turn
	 */
	public synchronized FallbackSpike current() {
		forget(this.clock.millis());
		return sum();
	}

	private void count(@Nullable String target) {
		FallbackSpike spike = add(target);
		if (spike != null) {
			this.listener.accept(spike);
		}
	}

	private synchronized @Nullable FallbackSpike add(@Nullable String target) {
		long now = this.clock.millis();
		forget(now);
		calmDown();
		slice(now).add(target);
		this.turns++;
		this.fallen += (target != null) ? 1 : 0;
		calmDown();
		boolean begins = !this.spiking && this.turns >= this.settings.minimumTurns() && share() > this.settings.share();
		this.spiking |= begins;
		return begins ? sum() : null;
	}

	private void calmDown() {
		this.spiking &= share() >= this.settings.share() / 2;
	}

	private double share() {
		return (this.turns == 0) ? 0 : (double) this.fallen / this.turns;
	}

	private Slice slice(long now) {
		long length = Math.max(1, this.settings.window().toMillis() / SLICES);
		long begin = now - Math.floorMod(now, length);
		Slice last = this.slices.peekLast();
		if (last == null || last.begin < begin) {
			last = new Slice(begin);
			this.slices.addLast(last);
		}
		return last;
	}

	private void forget(long now) {
		long oldest = now - this.settings.window().toMillis();
		while (!this.slices.isEmpty() && this.slices.getFirst().begin <= oldest) {
			Slice old = this.slices.removeFirst();
			this.turns -= old.turns;
			this.fallen -= old.byTarget.values().stream().mapToLong(Long::longValue).sum();
		}
	}

	private FallbackSpike sum() {
		Map<String, Long> byTarget = new HashMap<>();
		this.slices.forEach((slice) -> slice.byTarget.forEach((name, count) -> byTarget.merge(name, count, Long::sum)));
		return new FallbackSpike(share(), this.turns, byTarget);
	}

	private static final class Slice {

		private final long begin;

		private final Map<String, Long> byTarget = new HashMap<>();

		private long turns;

		private Slice(long begin) {
			this.begin = begin;
		}

		private void add(@Nullable String target) {
			this.turns++;
			if (target != null) {
				this.byTarget.merge(target, 1L, Long::sum);
			}
		}

	}

}
