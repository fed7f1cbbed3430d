package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import io.github.costwise.Money;
import io.github.costwise.Owner;
import io.github.costwise.Tier;
import io.github.costwise.answer.Recording;
import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.partition.Answerer;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.CacheRequest.AdvisorPath;
import io.github.costwise.cache.partition.Requests;
import io.github.costwise.cache.partition.TurnOwner;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.policy.Freshness;
import io.github.costwise.cache.response.PolicyCounters.ShadowOutcome;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.EvictionIncompleteException;

import static io.github.costwise.cache.response.CacheBench.OBSERVING;
import static io.github.costwise.cache.response.CacheBench.POLICY;
import static io.github.costwise.cache.response.CacheBench.TTL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a turn is notified that no other turn asks the same as at that moment.
 */
@Tag("unit")
class CacheTurnTests {

	private static final CacheStep ASK = CacheStep.AskModel.INSTANCE;

	private static final CacheStoreException DOWN = new CacheStoreException(StoreReason.UNAVAILABLE, "no route", null);

	private static final Freshness STALE = new Freshness(TTL, 0, TTL);

	private final CacheBench bench = CacheBench.create();

	@AfterEach
	void close() {
		this.bench.close();
	}

	private static CacheHit hit(CacheStep step) {
		assertThat(step).isInstanceOf(CacheStep.ServeHit.class);
		return ((CacheStep.ServeHit) step).hit();
	}

	private CacheStep ask(String turn) {
		return this.bench.turn(turn).next();
	}

	@Test
	void questionThatNobodyAskedIsAskedAndItsAnswerServedToEqualOnes() {
		CacheTurn first = this.bench.turn("one");
		assertThat(first.next()).isEqualTo(ASK);
		assertThat(first.hit()).isNull();
		assertThat(first.isLookedUp()).isTrue();
		first.answered(CacheBench.answer("A store."));
		this.bench.tasks().doAll();
		this.bench.time.advance(Duration.ofMinutes(5));
		CacheTurn second = this.bench.turn("two");
		CacheHit hit = hit(second.next());
		assertThat(hit).isEqualTo(second.hit())
			.isEqualTo(new CacheHit(hit.entryId() + ".two", CacheHit.HitKind.EXACT, hit.entryId(),
					CacheBench.answer("A store.").toCached(), 1, 1, Duration.ofMinutes(5), false));
		PolicyCounters counters = this.bench.counters();
		assertThat(List.of(counters.misses(Miss.NEW), counters.storedAnswers(), counters.hits(CacheHit.HitKind.EXACT),
				counters.lookups()))
			.containsExactly(1L, 1L, 1L, 2L);
		assertThat(counters.saved()).isEqualTo(CacheBench.COST);
		assertThat(counters.window().hitRate()).isEqualTo(.5);
	}

	@Test
	void answerIsServedUpToItsEndAndReadingDoesNotMoveThat() {
		this.bench.stored("old");
		this.bench.time.advance(TTL.minusMillis(1));
		assertThat(hit(ask("two")).age()).isEqualTo(TTL.minusMillis(1));
		this.bench.time.advance(Duration.ofMillis(1));
		assertThat(ask("three")).isEqualTo(ASK);
		assertThat(this.bench.counters().misses(Miss.NEW)).isEqualTo(2);
	}

	@Test
	void answerWhoseEndComesWhileItIsFoundIsServedOnceMoreAndNotAskedForBehindIt() {
		this.bench.stored("old");
		this.bench.time.advance(TTL.minusMillis(1));
		this.bench.store.afterFind.add(() -> this.bench.time.advance(Duration.ofMillis(2)));
		assertThat(hit(ask("two")).stale()).isFalse();
		assertThat(ask("three")).isEqualTo(ASK);
	}

	@Test
	void staleAnswerIsServedAndOneTurnAsksAgain() {
		CachePolicy policy = CacheBench.fresh(STALE);
		this.bench.stored(CacheBench.request("one"), policy, "old");
		this.bench.time.advance(TTL.minusMillis(1));
		CacheTurn fresh = this.bench.turn(CacheBench.request("two"), policy);
		assertThat(hit(fresh.next()).stale()).isFalse();
		assertThat(refresh("none", policy, fresh)).isNull();
		this.bench.time.advance(Duration.ofMillis(1));
		CacheTurn stale = this.bench.turn(CacheBench.request("three"), policy);
		assertThat(hit(stale.next()).stale()).isTrue();
		assertThat(this.bench.counters().staleHits()).isOne();
		CacheTurn again = refresh("four", policy, stale);
		assertThat(again).isNotNull();
		assertThat(again.isRefresh()).isTrue();
		assertThat(refresh("five", policy, stale)).isNull();
		CacheTurn meanwhile = this.bench.turn(CacheBench.request("six"), policy);
		assertThat(hit(meanwhile.next()).answer().text()).isEqualTo("old");
		again.answered(CacheBench.answer("new"));
		this.bench.tasks().doAll();
		CacheTurn after = this.bench.turn(CacheBench.request("seven"), policy);
		assertThat(hit(after.next()).answer().text()).isEqualTo("new");
		assertThat(refresh("eight", policy, stale)).isNull();
	}

	private CacheTurn refresh(String turn, CachePolicy policy, CacheTurn stale) {
		return this.bench.cache.refresh(CacheBench.request(turn), policy, stale);
	}

	@Test
	void staleAnswerIsServedAsLongAsAskingAgainFailsAndThenNoMore() {
		CachePolicy policy = CacheBench.fresh(STALE);
		CacheTurn stale = this.bench.stored(CacheBench.request("one"), policy, "old");
		this.bench.time.advance(TTL);
		for (int i = 0; i < 3; i++) {
			CacheTurn again = refresh("again" + i, policy, stale);
			assertThat(again).isNotNull();
			again.failed(new IllegalStateException("the model is away"));
			CacheTurn next = this.bench.turn(CacheBench.request("next" + i), policy);
			assertThat(hit(next.next()).stale()).isTrue();
		}
		this.bench.time.advance(TTL);
		assertThat(this.bench.turn(CacheBench.request("late"), policy).next()).isEqualTo(ASK);
	}

	@Test
	void turnThatOthersWouldNotFindAsksNotAgain() {
		CachePolicy policy = CacheBench.fresh(STALE);
		CacheTurn stale = this.bench.stored(CacheBench.request("one"), policy, "old");
		this.bench.time.advance(TTL);
		this.bench.resolver = (attribution) -> Map.of("rights", "none");
		assertThat(refresh("two", policy, stale)).isNull();
		this.bench.resolver = (attribution) -> null;
		assertThat(refresh("three", policy, stale)).isNull();
		this.bench.resolver = (attribution) -> Map.of();
		this.bench.store.failure = DOWN;
		assertThat(refresh("four", policy, stale)).isNull();
		assertThat(this.bench.faulty()).isOne();
		this.bench.store.failure = null;
		assertThat(refresh("five", policy, stale)).isNotNull();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STORE")
	void turnThatIsKeptOutAsksAndStoresNothing(Bypass reason) {
		CacheRequest request = bypassed().get(reason);
		this.bench.resolver = (attribution) -> (reason != Bypass.RESOLVER) ? Map.of() : null;
		CacheTurn turn = this.bench.turn(request, POLICY);
		assertThat(turn.next()).isEqualTo(ASK);
		assertThat(turn.isBypassed()).isTrue();
		assertThat(turn.isLookedUp()).isFalse();
		turn.answered(CacheBench.answer("A store."));
		turn.refused(Refusal.SCHEMA);
		turn.failed(new IllegalStateException());
		turn.unanswered();
		turn.stopWaiting();
		PolicyCounters counters = this.bench.counters();
		assertThat(counters.bypasses(reason)).isOne();
		assertThat(counters.refusals(Refusal.SCHEMA) + counters.lookups()).isZero();
		assertThat(this.bench.tasks().waiting() + this.bench.store.asked).isZero();
	}

	private static Map<Bypass, CacheRequest> bypassed() {
		Requests plain = CacheBench.asking(CacheBench.QUESTION);
		Media image = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1 }));
		Map<Bypass, CacheRequest> requests = new EnumMap<>(Bypass.class);
		requests.put(Bypass.ADVISOR, plain.path(new AdvisorPath(true, false)).build());
		requests.put(Bypass.CORPUS, plain.path(new AdvisorPath(false, true)).build());
		requests.put(Bypass.TOOLS, plain
			.openAi((options) -> options.toolCallbacks(
					List.of(FunctionToolCallback.builder("look", (String in) -> in).inputType(String.class).build())))
			.build());
		requests.put(Bypass.TEMPERATURE, plain.openAi((options) -> options.temperature(1.1)).build());
		requests.put(Bypass.LIVE_WORDING, CacheBench.asking("What is the weather right now?").build());
		requests.put(Bypass.PERSONAL_WORDING, CacheBench.asking("What is my account balance?").build());
		requests.put(Bypass.NO_QUESTION, plain.messages(new SystemMessage("Be brief.")).build());
		requests.put(Bypass.MEDIA,
				plain.messages(UserMessage.builder().text("What is shown?").media(image).build()).build());
		requests.put(Bypass.OPTIONS, plain.openAi((options) -> options.extraBody(Map.of("own", new Object()))).build());
		requests.put(Bypass.RESOLVER, plain.build());
		requests.put(Bypass.OWNER_UNKNOWN, ofUnknownOwner(plain.build()));
		requests.put(Bypass.MODEL_UNKNOWN, plain.answerer(Answerer.UNKNOWN).build());
		return requests;
	}

	private static CacheRequest ofUnknownOwner(CacheRequest request) {
		TurnOwner owner = request.owner();
		return new CacheRequest(request.prompt(), request.output(), new TurnOwner(owner.attribution(), owner.policy(),
				owner.tier(), owner.promptVersion(), owner.answerer(), Owner.UNKNOWN), request.path(), "unknown",
				false);
	}

	@Test
	void storeThatFailsKeepsTheTurnOutAndHoldsNobodyUp() {
		this.bench.store.failure = DOWN;
		CacheTurn turn = this.bench.turn("one");
		assertThat(turn.next()).isEqualTo(ASK);
		assertThat(turn.isBypassed()).isTrue();
		assertThat(this.bench.counters().bypasses(Bypass.STORE)).isOne();
		assertThat(this.bench.faulty()).isOne();
		this.bench.store.failure = null;
		turn.answered(CacheBench.answer("A store."));
		assertThat(this.bench.tasks().waiting()).isZero();
		assertThat(ask("two")).isEqualTo(ASK);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void whateverTheStoreThrowsAtWhicheverLookUpTheTurnAsksAndLeadsNobody(int lookUp) {
		Error broken = new NoClassDefFoundError("driver");
		Runnable failing = () -> {
			throw broken;
		};
		if (lookUp == 2) {
			this.bench.store.afterFind.add(() -> {
			});
		}
		this.bench.store.afterFind.add(failing);
		CacheTurn turn = this.bench.turn("one");
		assertThat(turn.next()).isEqualTo(ASK);
		assertThat(turn.isBypassed()).isTrue();
		assertThat(this.bench.faults.last(Faults.Kind.CACHE)).contains("NoClassDefFoundError");
		assertThat(ask("two")).isEqualTo(ASK);
	}

	@Test
	void resolverThatCannotBeLoadedTakesNoTurnDown() {
		this.bench.resolver = (attribution) -> {
			throw new NoClassDefFoundError("rights");
		};
		assertThat(ask("one")).isEqualTo(ASK);
		assertThat(this.bench.counters().bypasses(Bypass.RESOLVER)).isOne();
		assertThat(this.bench.faulty()).isOne();
	}

	@Test
	void storeThatIsSlowIsLeftOutAndTriedAgain() {
		this.bench.store.takes = CacheBench.SLOW.plusMillis(1);
		for (int i = 0; i < 5; i++) {
			CacheTurn turn = this.bench.turn("slow" + i);
			assertThat(turn.next()).isEqualTo(ASK);
			turn.unanswered();
		}
		assertThat(this.bench.cache.storeState().used()).isFalse();
		assertThat(this.bench.store.asked).isEqualTo(10);
		assertThat(ask("left out")).isEqualTo(ASK);
		assertThat(this.bench.store.asked).isEqualTo(10);
		assertThat(this.bench.counters().bypasses(Bypass.STORE)).isOne();
		assertThat(this.bench.faulty()).isZero();
		this.bench.store.takes = Duration.ZERO;
		this.bench.time.advance(StoreBreaker.PAUSE);
		assertThat(ask("probe")).isEqualTo(ASK);
		assertThat(this.bench.cache.storeState().used()).isTrue();
		assertThat(this.bench.counters().bypasses(Bypass.STORE)).isOne();
	}

	@Test
	void lookUpTakesAsLongAsTheStore() {
		this.bench.store.takes = Duration.ofMillis(3);
		ask("one");
		assertThat(this.bench.counters().lookupNanos()).isEqualTo(Duration.ofMillis(6).toNanos());
	}

	@Test
	void answerOfALowerTierOrOfAnotherModeIsNotServed() {
		this.bench.stored("A store.");
		CacheTurn better = this.bench.turn(CacheBench.of(CacheBench.request("two"), Tier.PREMIUM), POLICY);
		assertThat(better.next()).isEqualTo(ASK);
		assertThat(this.bench.counters().misses(Miss.TIER)).isOne();
		better.unanswered();
		CacheTurn streamed = this.bench.turn(CacheBench.streamed(CacheBench.request("three")), POLICY);
		assertThat(streamed.next()).isEqualTo(ASK);
		assertThat(this.bench.counters().misses(Miss.MODE)).isOne();
		streamed.unanswered();
		assertThat(hit(this.bench.turn(CacheBench.of(CacheBench.request("four"), Tier.STANDARD), POLICY).next()).kind())
			.isEqualTo(CacheHit.HitKind.EXACT);
	}

	@Test
	void answerThatIsBeingRemovedIsNotServed() {
		this.bench.stored("A store.");
		this.bench.store.failure = DOWN;
		assertThatExceptionOfType(EvictionIncompleteException.class)
			.isThrownBy(() -> this.bench.cache.evict(CacheEviction.all()));
		this.bench.store.failure = null;
		assertThat(ask("two")).isEqualTo(ASK);
	}

	@Test
	void cacheThatIsOffTakesNoTurn() {
		assertThat(this.bench.cache.open(CacheBench.request("one"), CachePolicy.OFF)).isNull();
	}

	@Test
	void observingTellsWhatEqualQuestionsWouldSaveAndServesNothing() {
		CacheTurn first = this.bench.stored(CacheBench.request("one"), OBSERVING, "A store.");
		assertThat(first.isLookedUp()).isFalse();
		assertThat(first.isBypassed()).isFalse();
		CacheTurn second = this.bench.turn(CacheBench.request("two"), OBSERVING);
		CacheTurn third = this.bench.turn(CacheBench.request("three"), OBSERVING);
		assertThat(List.of(second.next(), third.next())).containsOnly(ASK);
		PolicyCounters counters = this.bench.counters();
		assertThat(counters.shadow(ShadowOutcome.EXACT_HIT)).isEqualTo(2);
		assertThat(counters.wouldHaveSaved()).isEqualTo(Money.ofNanos(14));
		assertThat(this.bench.store.asked).isZero();
		this.bench.time.advance(TTL);
		this.bench.turn(CacheBench.request("four"), OBSERVING).next();
		assertThat(counters.shadow(ShadowOutcome.EXACT_HIT)).isEqualTo(2);
		assertThat(counters.saved()).isEqualTo(Money.ZERO);
	}

	@Test
	void whatIsObservedMustBeFitToBeStoredToo() {
		CacheTurn turn = this.bench.turn(CacheBench.request("one"), OBSERVING);
		turn.next();
		turn.answered(CacheBench.answer(Recording.NONE));
		assertThat(this.bench.counters().refusals(Refusal.EMPTY)).isOne();
		this.bench.turn(CacheBench.request("two"), OBSERVING).next();
		assertThat(this.bench.counters().shadow(ShadowOutcome.EXACT_HIT)).isZero();
	}

	@Test
	void lateNoticesOfATurnThatWasServedChangeNothing() {
		this.bench.stored("A store.");
		CacheTurn served = this.bench.turn("two");
		hit(served.next());
		served.answered(CacheBench.answer("Another."));
		served.refused(Refusal.SCHEMA);
		assertThat(this.bench.tasks().doAll()).isZero();
		assertThat(this.bench.counters().refusals(Refusal.SCHEMA)).isZero();
		assertThat(hit(ask("three")).answer().text()).isEqualTo("A store.");
	}

	@Test
	void policiesCountApart() {
		this.bench.stored("A store.");
		Requests other = CacheBench.asking(CacheBench.QUESTION).policy("other");
		this.bench.turn(other.build(), POLICY).next();
		assertThat(this.bench.cache.statistics().policy("other").misses(Miss.NEW)).isOne();
		assertThat(this.bench.counters().misses(Miss.NEW)).isOne();
	}

}
