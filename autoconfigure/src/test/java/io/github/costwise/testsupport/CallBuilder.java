package io.github.costwise.testsupport;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.costwise.Attribution;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallEnding;
import io.github.costwise.model.CallRecord.CallIdentity;
import io.github.costwise.model.CallRecord.CallTarget;
import io.github.costwise.model.CallRecord.CallTiming;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.CallRecord.Operation;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.CallRecord.SourcedUsage;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.Price;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.Versions;

/**
 * Builds records of calls, of which a test names only what it is about. Not thread-safe.
 */
public final class CallBuilder {

	private CallIdentity identity;

	private CallTiming timing;

	private CallTarget target;

	private SourcedUsage usage;

	private Price price;

	private CallEnding ending;

	private Attribution attribution;

	private Versions versions;

	private CallBuilder(CallRecord call) {
		this.identity = call.identity();
		this.timing = call.timing();
		this.target = call.target();
		this.usage = call.usage();
		this.price = call.price();
		this.ending = call.ending();
		this.attribution = call.attribution();
		this.versions = call.versions();
	}

	/**
	 * Begins with a free, successful call of nobody, outside any turn: 10 tokens in, 5
	 * out.
	 * @param id its id
	 * @param startedAt when it was sent
	 * @return the builder
	 */
	public static CallBuilder call(String id, Instant startedAt) {
		return like(new CallRecord(new CallIdentity(id, id, 1, Purpose.ANSWER),
				new CallTiming(startedAt, Duration.ofMillis(20), null, false),
				new CallTarget(Operation.CHAT, "openai", "gpt-5", "gpt-5", ServiceTier.STANDARD),
				new SourcedUsage(TokenUsage.of(10, 5), UsageSource.REPORTED), Price.free("test"),
				new CallEnding(Outcome.SUCCEEDED, null, List.of(), Coverage.MANAGED), Attribution.NONE,
				new Versions("default", null, null)));
	}

	/**
	 * Begins with a call that exists.
	 * @param call the call
	 * @return the builder
	 */
	public static CallBuilder like(CallRecord call) {
		return new CallBuilder(call);
	}

	/** Sets the id, and the turn. */
	public CallBuilder id(String id, String turnId) {
		this.identity = new CallIdentity(id, turnId, this.identity.round(), this.identity.purpose());
		return this;
	}

	/** Sets when the call was sent. */
	public CallBuilder startedAt(Instant startedAt) {
		return timing(new CallTiming(startedAt, this.timing.latency(), this.timing.timeToFirstToken(),
				this.timing.streamed()));
	}

	/** Sets when it was sent and how long it took. */
	public CallBuilder timing(CallTiming timing) {
		this.timing = timing;
		return this;
	}

	/** Sets the model asked for, and the one that answered. */
	public CallBuilder model(String requested, String answered) {
		this.target = new CallTarget(this.target.operation(), this.target.provider(), requested, answered,
				this.target.serviceTier());
		return this;
	}

	/** Sets what was used. */
	public CallBuilder usage(TokenUsage tokens, UsageSource source) {
		this.usage = new SourcedUsage(tokens, source);
		return this;
	}

	/** Sets what it cost. */
	public CallBuilder price(Price price) {
		this.price = price;
		return this;
	}

	/** Sets how it ended. */
	public CallBuilder ending(CallEnding ending) {
		this.ending = ending;
		return this;
	}

	/** Sets who it belongs to. */
	public CallBuilder attribution(Attribution attribution) {
		this.attribution = attribution;
		return this;
	}

	/** Sets what was in force. */
	public CallBuilder versions(Versions versions) {
		this.versions = versions;
		return this;
	}

	/** Returns the call. */
	public CallRecord build() {
		return new CallRecord(this.identity, this.timing, this.target, this.usage, this.price, this.ending,
				this.attribution, this.versions);
	}

}
