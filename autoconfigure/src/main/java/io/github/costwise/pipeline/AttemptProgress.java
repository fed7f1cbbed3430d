package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of the chunks of one streamed attempt, and of the attempt when it
 * falls silent or fails. Nothing is passed on before there is something to show. Thoughts
 * keep the attempt alive, and those with a text are shown as they come; once one was,
 * another target may take over only where the policy says so, and then nothing that binds
 * to the model that thought it is passed on before its content. Chunks come one after
 * another; time may be up on another thread.
 */
final class AttemptProgress {

	private final boolean afterThoughts;

	private final AtomicReference<ProgressState> state = new AtomicReference<>(ProgressState.SILENT);

	private volatile long aliveNanos;

	private boolean first = true;

	private volatile boolean thought;

	/**
	 * Creates the progress of an attempt that begins.
	 * @param afterThoughts whether another target may take over after a thought
	 * @param nowNanos the time by the ticker
	 */
	AttemptProgress(boolean afterThoughts, long nowNanos) {
		this.afterThoughts = afterThoughts;
		this.aliveNanos = nowNanos;
	}

	/**
	 * Takes a chunk.
	 * @param kind what it brings
	 * @param nowNanos the time by the ticker
	 * @return what becomes of it
	 */
	ChunkStep see(ChunkKind kind, long nowNanos) {
		boolean alive = switch (kind) {
			case HIDDEN_THOUGHT, THOUGHT, SIGNED_THOUGHT -> true;
			case EMPTY -> !this.first;
			case METADATA, CONTENT -> false;
		};
		this.first = false;
		if (alive) {
			this.aliveNanos = nowNanos;
		}
		ProgressState now = this.state.get();
		if (now == ProgressState.ANSWERING) {
			return ChunkStep.PASS;
		}
		return (now == ProgressState.EXPIRED) ? ChunkStep.HOLD : step(kind);
	}

	private ChunkStep step(ChunkKind kind) {
		if (kind == ChunkKind.CONTENT) {
			return moveTo(ProgressState.ANSWERING) ? ChunkStep.PASS_HELD : ChunkStep.HOLD;
		}
		if (kind == ChunkKind.THOUGHT || (kind == ChunkKind.SIGNED_THOUGHT && !this.afterThoughts)) {
			if (!moveTo(ProgressState.THINKING)) {
				return ChunkStep.HOLD;
			}
			this.thought = true;
			return this.afterThoughts ? ChunkStep.PASS : ChunkStep.PASS_HELD;
		}
		return (this.state.get() == ProgressState.THINKING && !this.afterThoughts) ? ChunkStep.PASS : ChunkStep.HOLD;
	}

	private boolean moveTo(ProgressState next) {
		ProgressState before = this.state.getAndUpdate((now) -> (now == ProgressState.EXPIRED) ? now : next);
		return before != ProgressState.EXPIRED;
	}

	/**
	 * Returns whether the content, or a thought after which no other target may answer,
	 * was passed on.
	 */
	boolean isBound() {
		ProgressState now = this.state.get();
		return now == ProgressState.ANSWERING || (now == ProgressState.THINKING && !this.afterThoughts);
	}

	/** Returns whether a thought was passed on. */
	boolean hasThought() {
		return this.thought;
	}

	/**
	 * Returns how long the attempt may stay silent from now on.
	 * @param limitNanos how long it may stay silent at all
	 * @param nowNanos the time by the ticker
	 * @return nanoseconds, at least 0
	 */
	long leftNanos(long limitNanos, long nowNanos) {
		return Math.max(0, limitNanos - (nowNanos - this.aliveNanos));
	}

	/**
	 * Returns how long to wait for it from now on.
	 * @param turnLeft what is left of the time of the turn, or {@code null} for no limit
	 * @param limit how long the attempt may stay silent, or {@code null} for no limit
	 * @param nowNanos the time by the ticker
	 */
	@Nullable Duration patience(@Nullable Duration turnLeft, @Nullable Duration limit, long nowNanos) {
		if (limit == null || isBound()) {
			return turnLeft;
		}
		Duration quiet = Duration.ofNanos(leftNanos(limit.toNanos(), nowNanos));
		return (turnLeft != null && turnLeft.compareTo(quiet) < 0) ? turnLeft : quiet;
	}

	/**
	 * Gives the attempt up, unless it is bound.
	 * @return whether it was given up
	 */
	boolean expire() {
		ProgressState before = this.state.getAndUpdate((now) -> isGivenUp(now) ? ProgressState.EXPIRED : now);
		return isGivenUp(before);
	}

	private boolean isGivenUp(ProgressState now) {
		return now == ProgressState.SILENT || (now == ProgressState.THINKING && this.afterThoughts);
	}

	private enum ProgressState {

		SILENT, THINKING, ANSWERING, EXPIRED

	}

}
