package io.github.costwise.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.text.ShortText;

/**
 * One request that reached a provider and may be billed: the row of the ledger that holds
 * money, as groups of values that belong together. Names longer than 256 code units are
 * cut to their beginning and a digest; of more than 64 tags or 100 attempts the first are
 * kept. Immutable.
 *
 * @param identity which call it is, of which turn
 * @param timing when it was sent and how long it took
 * @param target the model that was asked, and the one that answered
 * @param usage what was used, and where that is from
 * @param price what it cost
 * @param ending how it ended
 * @param attribution what the cost is attributed to
 * @param versions what was in force
 * @since 0.1.0
 */
public record CallRecord(CallIdentity identity, CallTiming timing, CallTarget target, SourcedUsage usage, Price price,
		CallEnding ending, Attribution attribution, Versions versions) implements CostEvent {

	/** The error type of content that came without the signal that ends an answer. */
	public static final String INCOMPLETE = "IncompleteAnswer";

	public CallRecord {
		attribution = Bounds.of(attribution);
	}

	/**
	 * Returns the unique id of the call.
	 * @return that of its identity
	 */
	public String id() {
		return this.identity.id();
	}

	/**
	 * Returns the id of the turn that made the call.
	 * @return that of its identity
	 */
	public String turnId() {
		return this.identity.turnId();
	}

	/**
	 * Returns why the call was made.
	 * @return that of its identity
	 */
	public Purpose purpose() {
		return this.identity.purpose();
	}

	/**
	 * Returns how the call ended.
	 * @return that of its ending
	 */
	public Outcome outcome() {
		return this.ending.outcome();
	}

	/**
	 * Returns whether the call was billed for something that answered nobody: it failed,
	 * or it repeats an earlier call of the turn.
	 * @return whether its cost counts as retry spend
	 */
	public boolean isRetrySpend() {
		return purpose() == Purpose.RETRY || purpose() == Purpose.FALLBACK || outcome() == Outcome.FAILED
				|| outcome() == Outcome.TIMED_OUT;
	}

	/**
	 * Returns whether the usage or the price was estimated.
	 * @return whether its cost counts as estimated
	 */
	public boolean isEstimated() {
		return this.price.state() == PriceState.ESTIMATED || this.usage.source() == UsageSource.ESTIMATED
				|| this.usage.source() == UsageSource.PARTLY_ESTIMATED;
	}

	/**
	 * Returns the id of the deployment that the call belongs to.
	 * @return the same for equal prompt versions, models and routing versions
	 */
	public String deployment() {
		return Deployment.of(this).id();
	}

	/**
	 * Which call of which turn it is, and why it was made.
	 *
	 * @param id unique id of the call
	 * @param turnId id of the turn that made it; for a call outside any turn, its own id
	 * @param round position within the turn, from 1
	 * @param purpose why the call was made
	 */
	public record CallIdentity(String id, String turnId, int round, Purpose purpose) {

		public CallIdentity {
			id = ShortText.ofName(id);
			turnId = ShortText.ofName(turnId);
		}

	}

	/**
	 * When a call was sent and how long it took.
	 *
	 * @param startedAt when the request was sent
	 * @param latency from sending to the end of the answer
	 * @param timeToFirstToken from sending to the first content of a stream, or
	 * {@code null} for a call that does not stream
	 * @param streamed whether the answer was streamed
	 */
	public record CallTiming(Instant startedAt, Duration latency, @Nullable Duration timeToFirstToken,
			boolean streamed) {

	}

	/**
	 * The model that was asked, and the one that answered.
	 *
	 * @param operation what kind of model was asked
	 * @param provider billing provider
	 * @param requestedModel the model asked for
	 * @param answeredModel the model that answered, or the one asked for when none did
	 * @param serviceTier the processing class that was billed
	 */
	public record CallTarget(Operation operation, String provider, String requestedModel, String answeredModel,
			ServiceTier serviceTier) {

		public CallTarget {
			provider = ShortText.ofName(provider);
			requestedModel = ShortText.ofName(requestedModel);
			answeredModel = ShortText.ofName(answeredModel);
		}

	}

	/**
	 * What a call used.
	 *
	 * @param tokens what was used, in disjoint buckets
	 * @param source where the usage is from
	 */
	public record SourcedUsage(TokenUsage tokens, UsageSource source) {

	}

	/**
	 * How a call ended, and how it came to be known.
	 *
	 * @param outcome how the call ended
	 * @param errorType simple class name of the failure, or what is wrong with an answer
	 * that arrived ({@code MalformedAnswer}, {@code IncompleteAnswer},
	 * {@code CutOffAnswer}, {@code WithheldAnswer}), or {@code null}
	 * @param attempts every HTTP try seen, in order; empty when the client shows none
	 * @param coverage how the call came to be known
	 */
	public record CallEnding(Outcome outcome, @Nullable String errorType, List<HttpAttempt> attempts,
			Coverage coverage) {

		public CallEnding {
			errorType = ShortText.ofNullable(errorType);
			attempts = Bounds.of(List.copyOf(attempts));
		}

	}

	/** What kind of model was asked. */
	public enum Operation {

		/** A chat completion. */
		CHAT,

		/** An embedding. */
		EMBEDDING,

		/** What a newer release has stored and this one does not know. */
		OTHER

	}

	/** Why a call was made. */
	public enum Purpose {

		/** To answer the user. */
		ANSWER,

		/** To go on after tools ran. */
		TOOL_ROUND,

		/**
		 * To repeat a call whose answer a validator refused, such as one that broke a
		 * schema.
		 */
		RETRY,

		/**
		 * A later call of the turn that is neither a tool round nor a repeat, such as one
		 * that an advisor of the application makes of its own.
		 */
		FURTHER,

		/** To replace a call that failed, at another target. */
		FALLBACK,

		/** To compute a vector. */
		EMBEDDING,

		/** To judge an answer. */
		JUDGE,

		/** To decide whether a cheap answer is good enough. */
		GATE,

		/** To replace an answer that was not good enough, at a more capable target. */
		ESCALATION,

		/** To shorten a conversation. */
		SUMMARY,

		/** What a newer release has stored and this one does not know. */
		OTHER

	}

	/** How a call ended. */
	public enum Outcome {

		/** A whole answer arrived. */
		SUCCEEDED,

		/** The provider or the connection failed. */
		FAILED,

		/** The caller went away before the end. */
		CANCELLED,

		/** No answer came in time. */
		TIMED_OUT,

		/** What a newer release has stored and this one does not know. */
		OTHER

	}

	/** Where a usage is from. */
	public enum UsageSource {

		/** Reported by the provider. */
		REPORTED,

		/** Reported in part; the rest was counted or taken from the request. */
		PARTLY_ESTIMATED,

		/** Counted from what was sent and received. */
		ESTIMATED,

		/** No answer came, so there is none. */
		NONE,

		/** What a newer release has stored and this one does not know. */
		OTHER

	}

	/** How a call came to be known. */
	public enum Coverage {

		/** Through the advisors, inside a scope. */
		MANAGED,

		/** Through the advisors, outside any scope. */
		UNATTRIBUTED,

		/** Past the advisors, seen by observation only. */
		UNMANAGED,

		/** What a newer release has stored and this one does not know. */
		OTHER

	}

	/**
	 * One HTTP try of a call, as far as the client shows it.
	 *
	 * @param number position within the call, from 1
	 * @param status the HTTP status, or 0 when no response came
	 * @param latency how long it took
	 * @param outcome {@code ok}, {@code http_NNN}, or the kind of failure in lower case
	 */
	public record HttpAttempt(int number, int status, Duration latency, String outcome) {

	}

}
