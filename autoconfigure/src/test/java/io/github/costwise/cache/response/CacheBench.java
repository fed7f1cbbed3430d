package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.answer.Recording;
import io.github.costwise.answer.none.NonAnswers;
import io.github.costwise.background.Background;
import io.github.costwise.cache.learning.AnswerComparison;
import io.github.costwise.cache.learning.BudgetedJudge;
import io.github.costwise.cache.learning.JudgeBudget;
import io.github.costwise.cache.memory.InMemoryLabelLog;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.Partitions;
import io.github.costwise.cache.partition.Requests;
import io.github.costwise.cache.partition.TurnOwner;
import io.github.costwise.cache.policy.AdmissionRules;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.policy.Freshness;
import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.verify.HitPrior;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.CachePartitionResolver;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.FakeTime;

/**
 * A cache in time that stands still, whose tasks the test does: no Spring, and no threads
 * but those that compare answers, where a test lets them.
 */
final class CacheBench implements AutoCloseable {

	static final Duration TTL = Duration.ofHours(1);

	static final Duration PATIENCE = Duration.ofSeconds(30);

	static final Duration SLOW = Duration.ofMillis(250);

	static final String QUESTION = "What is a cache?";

	static final Money COST = Money.ofNanos(7);

	static final Freshness FRESHNESS = new Freshness(TTL, 0, Duration.ZERO);

	static final CachePolicy POLICY = new CachePolicy(CacheMode.ENFORCE, false, Set.of(), FRESHNESS,
			AdmissionRules.defaults(), null);

	static final CachePolicy OBSERVING = POLICY.with(CacheMode.OBSERVE);

	final FakeTime time;

	final Faults faults = new Faults();

	final BenchStore store;

	final ResponseCache cache;

	/** What a resolver adds to each turn's partition; it may throw. */
	Function<Attribution, @Nullable Map<String, String>> resolver = (attribution) -> Map.of();

	private final CacheTasks tasks;

	private final BudgetedJudge judge;

	private @Nullable HeldTasks held;

	private CacheBench(FakeTime time, BenchStore store, @Nullable TextEncoder encoder, boolean singleFlight) {
		this.time = time;
		this.store = store;
		Background background = new Background(this.faults);
		this.tasks = new CacheTasks(background, time.time(), (team, runner) -> {
			HeldTasks workers = new HeldTasks(team, runner);
			this.held = workers;
			return workers;
		});
		this.judge = new BudgetedJudge(new AnswerComparison(null), null, JudgeBudget.defaults(), time, background);
		SemanticTier.Tools tools = new SemanticTier.Tools(this.tasks, this.faults);
		SemanticTier semantic = (encoder != null) ? new SemanticTier(store, encoder,
				new LearningGroups(new InMemoryLabelLog(), this.tasks, HitPrior.shipped(), store), this.judge, tools)
				: null;
		CachePartitionResolver resolving = (prompt, attribution) -> this.resolver.apply(attribution);
		this.cache = new ResponseCache(store, semantic, new Partitions("1", List.of(resolving), this.faults),
				new CacheSettings(singleFlight, PATIENCE, SLOW, NonAnswers.scored()), tools);
	}

	static CacheBench create() {
		FakeTime time = new FakeTime();
		return new CacheBench(time, new BenchStore(time), null, true);
	}

	static CacheBench withoutFlights() {
		FakeTime time = new FakeTime();
		return new CacheBench(time, new BenchStore(time), null, false);
	}

	/** One of several instances. */
	static CacheBench shared() {
		FakeTime time = new FakeTime();
		return new CacheBench(time, new BenchStore.Shared(time), null, true);
	}

	/** One that finds similar questions. */
	static CacheBench semantic(TextEncoder encoder) {
		FakeTime time = new FakeTime();
		return new CacheBench(time, new BenchStore(time), encoder, true);
	}

	HeldTasks tasks() {
		return Objects.requireNonNull(this.held);
	}

	PolicyCounters counters() {
		return this.cache.statistics().policy("default");
	}

	long faulty() {
		return this.faults.count(Faults.Kind.CACHE);
	}

	static CachePolicy fresh(Freshness freshness) {
		return new CachePolicy(POLICY.mode(), POLICY.shared(), POLICY.tags(), freshness, POLICY.admission(),
				POLICY.semantic());
	}

	static CachePolicy similar(SemanticRules rules) {
		return new CachePolicy(POLICY.mode(), POLICY.shared(), POLICY.tags(), POLICY.freshness(), POLICY.admission(),
				rules);
	}

	static Requests asking(String question) {
		return Requests.plain().messages(new SystemMessage("Be brief."), new UserMessage(question));
	}

	static CacheRequest request(String turn) {
		return asking(QUESTION).build().again(turn);
	}

	static CacheRequest nested(CacheRequest request) {
		return new CacheRequest(request.prompt(), request.output(), request.owner(), request.path(), request.turn(),
				true);
	}

	static CacheRequest streamed(CacheRequest request) {
		return new CacheRequest(request.prompt(), request.output(), request.owner(), request.path(), request.turn(),
				false, AnswerMode.STREAM);
	}

	static CacheRequest of(CacheRequest request, Tier tier) {
		TurnOwner owner = request.owner();
		return new CacheRequest(
				request.prompt(), request.output(), new TurnOwner(owner.attribution(), owner.policy(), tier,
						owner.promptVersion(), owner.answerer(), owner.identity()),
				request.path(), request.turn(), false);
	}

	/** The turn of that name, which asks the question of all. */
	CacheTurn turn(String name) {
		return turn(request(name), POLICY);
	}

	CacheTurn turn(CacheRequest request, CachePolicy policy) {
		return Objects.requireNonNull(this.cache.open(request, policy));
	}

	/** Lets a turn ask and store an answer. */
	CacheTurn stored(CacheRequest request, CachePolicy policy, String answer) {
		CacheTurn turn = turn(request, policy);
		turn.next();
		turn.answered(answer(answer));
		tasks().doAll();
		return turn;
	}

	CacheTurn stored(String answer) {
		return stored(request("stored"), POLICY, answer);
	}

	static FreshAnswer answer(String text) {
		return answer(Recording.of(text));
	}

	static FreshAnswer answer(Recording given) {
		return new FreshAnswer(given, "m1", Tier.STANDARD, TokenUsage.of(1, 1), COST, Set.of());
	}

	@Override
	public void close() {
		this.judge.close();
		this.cache.close();
		this.tasks.close();
	}

}
