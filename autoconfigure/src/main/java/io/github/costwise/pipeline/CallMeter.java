package io.github.costwise.pipeline;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.accounting.usage.PromptSize;
import io.github.costwise.accounting.wire.WireReading;
import io.github.costwise.accounting.wire.WireUsage;
import io.github.costwise.answer.Answer;
import io.github.costwise.answer.AnswerVerdict;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.text.ShortText;
import io.github.costwise.time.Ticker;

/**
 * What is seen of one call, from what was asked to what came of it. Chunks of one call
 * come one after another, as the Reactive Streams rules demand; HTTP attempts may come
 * from other threads.
 *
 * @since 0.1.0
 */
public final class CallMeter {

	private final CostAccountant accountant;

	private final CostTurn turn;

	private final CallFacts call;

	private final PromptSize sent;

	private final long startNanos;

	private final AttemptLog attempts = new AttemptLog();

	private final WireReadings readings = new WireReadings();

	private final ResponseCapture answer;

	private final String appended;

	private @Nullable String answeredModel;

	private long endNanos;

	private @Nullable AskedTerms terms;

	private boolean regional;

	private @Nullable CallHold hold;

	private boolean interruptedBefore;

	private Attempt.@Nullable End end;

	private volatile @Nullable AnswerVerdict verdict;

	CallMeter(CostAccountant accountant, CostTurn turn, CallFacts call, PromptSize sent, String appended) {
		this.accountant = accountant;
		this.turn = turn;
		this.call = call;
		this.sent = sent;
		this.appended = appended;
		this.startNanos = turn.ticker().read();
		this.answer = new ResponseCapture(call.streamed(), turn.ticker());
	}

	/**
	 * Returns the unique id of the call.
	 * @return the id
	 */
	public String id() {
		return this.call.id();
	}

	/** Records that this thread begins to send the call. */
	void sends() {
		this.interruptedBefore = Thread.currentThread().isInterrupted();
	}

	/**
	 * Sees an answer, or a chunk of one, unless the call has ended: one that is cancelled
	 * may end while a chunk of it comes.
	 * @param response the answer or the chunk
	 */
	void see(ChatResponse response) {
		synchronized (this.answer) {
			if (this.end == null) {
				read(response);
			}
		}
	}

	private void read(ChatResponse response) {
		try {
			this.answer.see(response);
		}
		catch (Throwable ex) {
			this.accountant.unreadable(ex);
		}
	}

	/** Records how the call ended; what was seen of it is final. */
	void ended(Attempt.End how) {
		synchronized (this.answer) {
			this.end = how;
			this.endNanos = ticker().read();
			this.verdict = this.answer.verdict(this.sent.prompt());
			this.answeredModel = answeredModel();
		}
	}

	/** How the call ended for its caller. */
	Outcome outcome(Attempt.End how) {
		if (how.forCaller() != null) {
			return how.forCaller();
		}
		boolean empty = how.seen() == Outcome.SUCCEEDED && verdict() == AnswerVerdict.MALFORMED;
		return empty ? Outcome.FAILED : how.seen();
	}

	/** The answer, as far as it was seen. */
	Answer answer() {
		return this.answer.answer();
	}

	/** What the answer is worth, once it came to its end. */
	AnswerVerdict verdict() {
		AnswerVerdict known = this.verdict;
		return (known != null) ? known : this.answer.verdict(this.sent.prompt());
	}

	/**
	 * Records what the request asks for.
	 * @param terms what its options say of the bill
	 */
	public void asks(AskedTerms terms) {
		this.terms = terms;
	}

	/** Records what the call holds of its limits. */
	void holds(@Nullable CallHold admitted) {
		this.hold = admitted;
	}

	@Nullable CallHold hold() {
		return this.hold;
	}

	/** Records that the call goes to a region, where rates may be higher. */
	void goesToRegion() {
		this.regional = true;
	}

	/**
	 * Returns the HTTP attempts of this call, as far as its client shows them.
	 * @return where they are noted
	 */
	public AttemptLog attempts() {
		return this.attempts;
	}

	/**
	 * Records that the usage of an answer is read along as it passes.
	 * @param usage what is read of it, now and later
	 */
	public void reads(WireUsage usage) {
		this.readings.add(usage);
	}

	/**
	 * Returns what the call is timed by.
	 * @return the ticker of its turn
	 */
	public Ticker ticker() {
		return this.turn.ticker();
	}

	CostTurn turn() {
		return this.turn;
	}

	CallFacts call() {
		return this.call;
	}

	PromptSize sent() {
		return this.sent;
	}

	String appended() {
		return this.appended;
	}

	@Nullable Usage usage() {
		return this.answer.usage();
	}

	/** What the body of the answer said of usage, where it was read along. */
	@Nullable WireReading wire() {
		return this.readings.of(this.answer.id());
	}

	/**
	 * Returns whether it is known what the request asks for.
	 * @return whether {@link #asks} was called
	 */
	public boolean hasTerms() {
		return this.terms != null;
	}

	AskedTerms terms() {
		AskedTerms known = this.terms;
		return (known != null) ? known : AskedTerms.NONE;
	}

	boolean isRegional() {
		return this.regional || terms().regional();
	}

	/** The model that answered, as far as it is known; final once the call is settled. */
	String answeredModel() {
		String known = this.answeredModel;
		return (known != null) ? known : findModel();
	}

	private String findModel() {
		String named = this.answer.model();
		WireReading wire = (named == null) ? wire() : null;
		if (wire != null) {
			named = wire.model();
		}
		return ShortText.ofModel((named != null) ? named : this.call.requestedModel());
	}

	CharSequence received() {
		return this.answer.received();
	}

	Duration latency() {
		return Duration.ofNanos(this.endNanos - this.startNanos);
	}

	@Nullable Duration timeToFirstToken() {
		long first = this.answer.firstTokenNanos();
		return (first != 0) ? Duration.ofNanos(first - this.startNanos) : null;
	}

	/** How far the call came, as far as that is known. */
	CallReach reach() {
		Attempt.End how = this.end;
		boolean unsent = this.interruptedBefore || this.attempts.isUnsent()
				|| (how != null && how.error() != null && Failures.isConnectTimeout(how.error()));
		boolean late = how != null && how.isLate() && this.attempts.all().isEmpty() && !unsent;
		boolean interrupted = how != null && how.error() != null && Failures.isInterrupt(how.error());
		return new CallReach(this.attempts.wasAccepted() || late, !received().isEmpty(), unsent, interrupted);
	}

	/**
	 * What is known of a call before it is sent.
	 */
	record CallFacts(String id, int round, Purpose purpose, String provider, String requestedModel, Instant startedAt,
			boolean streamed) {

		CallFacts at(Instant now) {
			return new CallFacts(this.id, this.round, this.purpose, this.provider, this.requestedModel, now,
					this.streamed);
		}

	}

}
