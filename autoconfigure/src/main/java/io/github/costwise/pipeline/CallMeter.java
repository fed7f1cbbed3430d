package io.github.costwise.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.accounting.CallRecord.Attempt;
import io.github.costwise.accounting.CallRecord.Outcome;
import io.github.costwise.accounting.CallRecord.Purpose;
import io.github.costwise.accounting.wire.WireReading;
import io.github.costwise.accounting.wire.WireUsage;
import io.github.costwise.answer.AnswerVerdict;
import io.github.costwise.pricing.ServiceTier;
import io.github.costwise.text.ShortText;

/**
 * Watches one call and settles it exactly once, whichever way it ends first. Signals of
 * one call come one after another, as the Reactive Streams rules demand; HTTP attempts
 * may come from other threads.
 *
 * @since 0.1.0
 */
public final class CallMeter {

	private static final ThreadLocal<CallMeter> CURRENT = new ThreadLocal<>();

	private final CostAccountant accountant;

	private final CostTurn turn;

	private final Call call;

	private final Prompt prompt;

	private final long startNanos = System.nanoTime();

	private final CallEnding ending;

	private final List<Attempt> attempts = new ArrayList<>(1);

	private final WireReadings readings = new WireReadings();

	private volatile @Nullable Runnable stop;

	private final AnswerSeen answer;

	private String appended = "";

	private long endNanos;

	private boolean oneHourCache;

	private @Nullable ServiceTier requestedTier;

	private boolean regional;

	private boolean searching;

	private boolean interruptedBefore;

	private boolean interrupted;

	private volatile boolean attemptsShown;

	private volatile boolean begun;

	private volatile @Nullable AnswerVerdict verdict;

	CallMeter(CostAccountant accountant, CostTurn turn, Call call, Prompt prompt) {
		this.accountant = accountant;
		this.turn = turn;
		this.call = call;
		this.prompt = prompt;
		this.answer = new AnswerSeen(call.streamed());
		this.ending = new CallEnding(turn.totals());
	}

	/**
	 * Returns the meter of the call that this thread is sending.
	 * @return the meter, or {@code null} when the thread sends none through the advisors
	 */
	public static @Nullable CallMeter current() {
		return CURRENT.get();
	}

	/**
	 * Marks this thread as sending the call until the returned handle is closed.
	 * @return the handle to close on the same thread
	 */
	public CostScope.Opened sending() {
		CallMeter before = CURRENT.get();
		CURRENT.set(this);
		this.interruptedBefore = Thread.currentThread().isInterrupted();
		return () -> {
			if (before == null) {
				CURRENT.remove();
			}
			else {
				CURRENT.set(before);
			}
		};
	}

	/**
	 * Returns the unique id of the call.
	 * @return the id
	 */
	public String id() {
		return this.call.id();
	}

	/**
	 * Settles a call that was answered at once.
	 * @param response the answer, or {@code null} when the chain gave none
	 */
	public void answered(@Nullable ChatResponse response) {
		if (response != null) {
			see(response);
		}
		settle(Outcome.SUCCEEDED, null);
	}

	/**
	 * Takes note of a chunk of a streamed answer.
	 * @param response the chunk
	 */
	public void chunk(ChatResponse response) {
		see(response);
	}

	/**
	 * Settles a streamed call that came to its end.
	 */
	public void completed() {
		settle(Outcome.SUCCEEDED, null);
	}

	/**
	 * Settles a call that failed.
	 * @param error what it failed with
	 */
	public void failed(Throwable error) {
		this.interrupted = Failures.isInterrupt(error);
		settle(Failures.isTimeout(error) ? Outcome.TIMED_OUT : Outcome.FAILED, error);
	}

	/**
	 * Settles a call whose caller went away.
	 */
	public void cancelled() {
		settle(Outcome.CANCELLED, null);
		Runnable request = this.stop;
		if (this.ending.isOverdue() && request != null) {
			request.run();
		}
	}

	/**
	 * Tells how to break off the HTTP attempt under way. Some clients go on waiting for a
	 * server that has gone silent, with a thread that others need.
	 * @param request breaks it off; does not wait
	 */
	public void stopsBy(Runnable request) {
		this.stop = request;
	}

	/**
	 * Prepares for a call that may be abandoned: what it may cost is then known without
	 * delay.
	 */
	public void mayBeAbandoned() {
		this.accountant.expectEstimate();
	}

	/**
	 * Takes note that nobody waits for the answer any more. What the call may cost counts
	 * against the limits of its turn until its answer comes, or it fails, and settles it.
	 * @param outcome how the call ended for its caller, whatever comes later
	 * @return whether the call was still under way; if not, it has its answer or failure
	 */
	public boolean abandoned(Outcome outcome) {
		return this.ending.abandon(outcome, this.accountant.guess(this));
	}

	/**
	 * Settles a call that was abandoned and will not come to its end, since the
	 * application stops.
	 */
	public void lost() {
		if (this.ending.isAbandoned()) {
			failed(new CancellationException("The application was stopped"));
		}
	}

	/**
	 * Takes note that the stream is about to be cancelled since its time is up. One that
	 * comes to its end before is not late.
	 */
	public void overdue() {
		this.ending.overdue();
	}

	/** How the call ended for its caller, when it ended so by itself. */
	Outcome outcome(Outcome ended) {
		boolean empty = ended == Outcome.SUCCEEDED && verdict() == AnswerVerdict.MALFORMED;
		return this.ending.outcome(empty ? Outcome.FAILED : ended);
	}

	/**
	 * Returns what the answer is worth, once it came to its end.
	 * @return the verdict
	 */
	public AnswerVerdict verdict() {
		AnswerVerdict known = this.verdict;
		return (known != null) ? known : this.answer.verdict(this.prompt);
	}

	/**
	 * Takes note that the request asks for cache writes of one hour, which some clients
	 * do not report.
	 */
	public void asksForOneHourCache() {
		this.oneHourCache = true;
	}

	/**
	 * Records what the request asks for, where the client does not report what was
	 * billed.
	 * @param tier the processing class, or {@code null} when none is asked for
	 * @param regional whether it names a region
	 */
	public void asksFor(@Nullable ServiceTier tier, boolean regional) {
		this.requestedTier = tier;
		this.regional |= regional;
	}

	/**
	 * Takes note that the request asks the provider to search the web, and that answers
	 * do not tell how often it did.
	 */
	public void asksForSearches() {
		this.searching = true;
	}

	/** Takes note that the call goes to a region, where rates may be higher. */
	void goesToRegion() {
		this.regional = true;
	}

	/**
	 * Takes note that HTTP attempts of this call are seen before they are made, so that a
	 * call without any was not sent.
	 */
	public void attemptsAreSeen() {
		this.attemptsShown = true;
	}

	/** Takes note that an HTTP attempt is about to be made. */
	public void attemptBegins() {
		this.begun = true;
	}

	/**
	 * Returns whether an HTTP attempt of the call was seen.
	 * @return whether one was made
	 */
	public boolean hasBegun() {
		return this.begun || !attempts().isEmpty();
	}

	/**
	 * Takes note of a text that is sent with the prompt but is not a part of it yet, such
	 * as an output format.
	 * @param text the text, possibly empty
	 */
	public void alsoSends(String text) {
		this.appended = text;
	}

	/**
	 * Adds an HTTP attempt.
	 * @param status the HTTP status, or 0 when no response came
	 * @param latency how long it took
	 * @param outcome {@code ok}, {@code http_NNN} or the kind of failure
	 */
	public void attempt(int status, Duration latency, String outcome) {
		synchronized (this.attempts) {
			this.attempts.add(new Attempt(this.attempts.size() + 1, status, latency, outcome));
		}
	}

	/**
	 * Takes note that the usage of an answer is read along as it passes.
	 * @param usage what is read of it, now and later
	 */
	public void reads(WireUsage usage) {
		this.readings.add(usage);
	}

	private void see(ChatResponse response) {
		try {
			this.answer.see(response);
		}
		catch (RuntimeException ex) {
			this.accountant.unreadable(ex);
		}
	}

	private void settle(Outcome outcome, @Nullable Throwable error) {
		if (this.ending.settle(outcome)) {
			this.endNanos = System.nanoTime();
			this.verdict = this.answer.verdict(this.prompt);
			this.accountant.settle(this, outcome, error);
			this.ending.release();
		}
	}

	CostTurn turn() {
		return this.turn;
	}

	Call call() {
		return this.call;
	}

	Prompt prompt() {
		return this.prompt;
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

	boolean writesOneHourCache() {
		return this.oneHourCache;
	}

	@Nullable ServiceTier requestedTier() {
		return this.requestedTier;
	}

	boolean isRegional() {
		return this.regional;
	}

	String answeredModel() {
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

	boolean isSearching() {
		return this.searching;
	}

	/** How far the call came, as far as that is known. */
	CallReach reach() {
		boolean unsent = this.interruptedBefore || (this.attemptsShown && !hasBegun());
		boolean accepted = attempts().stream().anyMatch((attempt) -> attempt.status() >= 200 && attempt.status() < 300);
		boolean late = this.ending.isLate() && attempts().isEmpty() && !unsent;
		return new CallReach(accepted || late, !received().isEmpty(), unsent, this.interrupted);
	}

	List<Attempt> attempts() {
		synchronized (this.attempts) {
			return this.attempts.isEmpty() ? List.of() : List.copyOf(this.attempts);
		}
	}

	/**
	 * What is known of a call before it is sent.
	 */
	record Call(String id, int round, Purpose purpose, String provider, String requestedModel, Instant startedAt,
			boolean streamed) {

	}

}
