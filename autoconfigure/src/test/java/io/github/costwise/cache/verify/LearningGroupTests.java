package io.github.costwise.cache.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.cache.Miss;
import io.github.costwise.cache.verify.HitDecision.Accept;
import io.github.costwise.cache.verify.HitDecision.Decline;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("thorough")
class LearningGroupTests {

	private final List<LabelRecord> log = Collections.synchronizedList(new ArrayList<>());

	@Test
	void asksWhenNothingIsNear() {
		LearningGroup group = group(VerifierProfile.DEFAULT, 1);
		assertThat(group.decide(new CacheQuestion(TextFeatures.of("hello"), List.of())))
			.isInstanceOfSatisfying(Decline.class, (ask) -> assertThat(ask.reason()).isEqualTo(Miss.NO_CANDIDATE));
		assertThat(group.decide(question("hello there", "pay by card", .4))).isInstanceOfSatisfying(Decline.class,
				(ask) -> assertThat(ask.reason()).isEqualTo(Miss.NO_CANDIDATE));
	}

	@Test
	void namesTheGuardThatObjects() {
		LearningGroup group = group(VerifierProfile.DEFAULT, 1);
		assertThat(group.decide(question("rooms for two", "rooms for three", .97)))
			.isInstanceOfSatisfying(Decline.class, (ask) -> {
				assertThat(ask.reason()).isEqualTo(Miss.VETO);
				assertThat(ask.guards()).contains(Guard.NUMBER);
			});
	}

	@Test
	void servesNothingBeforeItHasLearnt() {
		LearningGroup group = new LearningGroup(
				new VerifierSettings(VerifierProfile.DEFAULT, .01, HitPrior.shipped(), 1), this.log::add);
		assertThat(group.decide(question("how do I pay", "how do I pay", .999))).isInstanceOfSatisfying(Decline.class,
				(ask) -> assertThat(ask.reason()).isEqualTo(Miss.COLD));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void learnsToServeWithinTheBound(long seed) {
		Traffic traffic = new Traffic(group(VerifierProfile.DEFAULT, seed), 12, seed).run(2500);
		assertThat(traffic.hits()).isGreaterThan(500);
		assertThat(traffic.wrong()).isLessThanOrEqualTo(25);
	}

	@Test
	void givesTheSameDecisionsForTheSameSeed() {
		List<String> decisions = decisions(5).stream().map(LearningGroupTests::told).toList();
		assertThat(decisions(5)).extracting(LearningGroupTests::told).isEqualTo(decisions);
		assertThat(decisions).anySatisfy((told) -> assertThat(told).startsWith("Accept"));
		assertThat(decisions).anySatisfy((told) -> assertThat(told).startsWith("Decline"));
	}

	/** All that a decision says, with the texts by their entries. */
	private static String told(HitDecision decision) {
		if (decision instanceof Accept serve) {
			return "Accept " + told(serve.candidate()) + serve.probability() + told(serve.trial());
		}
		Decline ask = (Decline) decision;
		return "Decline " + ask.reason() + ask.guards() + ask.probability() + told(ask.candidate()) + told(ask.trial());
	}

	private static List<String> told(DecisionEvidence trial) {
		return trial.rivals().stream().map(LearningGroupTests::told).toList();
	}

	private static String told(@Nullable NearEntry candidate) {
		return (candidate == null) ? "none"
				: candidate.id() + " of " + candidate.group() + " at " + candidate.cosine() + " ";
	}

	@Test
	void probabilitiesAreWithinZeroAndOne() {
		for (HitDecision decision : decisions(9)) {
			assertThat(decision.probability()).isBetween(0., 1.);
		}
	}

	@Test
	void replayGivesTheSameStateAsLife() {
		LearningGroup live = group(VerifierProfile.DEFAULT, 3);
		new Traffic(live, 12, 3).run(1500);
		live.learnRepeat(false);
		LearningGroup replayed = new LearningGroup(settings(VerifierProfile.DEFAULT, 99), (record) -> {
			throw new AssertionError("replayed records are not logged again");
		});
		this.log.forEach((record) -> replayed.replay(LabelRecord.of(record.toBytes())));
		assertThat(replayed.state()).usingRecursiveComparison().isEqualTo(live.state());
		assertThat(live.state().threshold()).isLessThan(1);
	}

	@Test
	void noticesThatAnAnswerChanged() {
		LearningGroup group = group(VerifierProfile.DEFAULT, 4);
		Traffic traffic = new Traffic(group, 6, 4).run(2000);
		int wrong = traffic.wrong();
		traffic.change(2);
		traffic.run(1200);
		assertThat(traffic.wrong() - wrong).isBetween(1, 40);
		int later = traffic.wrong();
		traffic.run(600);
		assertThat(traffic.wrong() - later).isLessThanOrEqualTo(6);
	}

	@Test
	void learnsThatAHitWasWrong() {
		LearningGroup group = group(VerifierProfile.DEFAULT, 6);
		Accept hit = firstHit(new Traffic(group, 6, 6));
		int labels = this.log.size();
		group.markWrong(hit);
		assertThat(this.log).hasSize(labels + 1);
		assertThat(this.log.get(labels).isSame()).isFalse();
		assertThat(this.log.get(labels).groups()[0]).isEqualTo(hit.candidate().group());
	}

	@Test
	void aFixedThresholdServesTheNearest() {
		LearningGroup group = group(VerifierProfile.fixed(.9), 1);
		List<NearEntry> near = List.of(new NearEntry("1", 1, .95, TextFeatures.of("a")),
				new NearEntry("2", 2, .94, TextFeatures.of("b")), new NearEntry("3", 2, .94, TextFeatures.of("c")));
		assertThat(group.decide(new CacheQuestion(TextFeatures.of("d"), near))).isInstanceOfSatisfying(Accept.class,
				(serve) -> assertThat(serve.candidate().id()).isEqualTo("1"));
		assertThat(group.decide(question("rooms for two", "rooms for three", .91))).isInstanceOf(Accept.class);
		assertThat(group.decide(question("rooms for two", "rooms for two", .89))).isInstanceOf(Decline.class);
	}

	@Test
	void strictGuardsNeverStandDown() {
		LearningGroup group = group(VerifierProfile.STRICT, 2);
		new Traffic(group, 6, 2).run(1500);
		assertThat(group.state().guards()).containsExactlyInAnyOrder(Guard.values());
	}

	@Test
	void guardsStandDownWhereTheyAreWrong() {
		LearningGroup group = group(VerifierProfile.DEFAULT, 2);
		new Traffic(group, 6, 2).run(1500);
		assertThat(group.state().guards()).doesNotContain(Guard.WORDING);
	}

	@Test
	void theGuardAgainstPronounsNeverStandsDown() {
		GuardTrust trust = new GuardTrust(VerifierProfile.DEFAULT, .2);
		int both = GuardTrust.bits(EnumSet.of(Guard.PRONOUN, Guard.WORDING));
		for (int i = 0; i < 1_000; i++) {
			trust.add(both, 0);
		}
		assertThat(GuardTrust.of(trust.active())).contains(Guard.PRONOUN).doesNotContain(Guard.WORDING);
	}

	@Test
	void comparesWithOneEntryOfEachAnswer() {
		LearningGroup group = group(VerifierProfile.DEFAULT, 1);
		Decline ask = (Decline) group
			.decide(new CacheQuestion(TextFeatures.of("a b"), List.of(new NearEntry("1", 1, .9, TextFeatures.of("a")),
					new NearEntry("2", 1, .8, TextFeatures.of("b")), new NearEntry("3", 2, .7, TextFeatures.of("c")))));
		assertThat(ask.trial().rivals()).extracting(NearEntry::id).containsExactly("1", "3");
		List<String> compared = new ArrayList<>();
		Placement placement = group.learn(ask, 9, (rival) -> {
			compared.add(rival.id());
			return rival.id().equals("3");
		});
		assertThat(compared).containsExactly("1", "3");
		assertThat(placement.group()).isEqualTo(2);
	}

	@Test
	void learnsNothingFromDecisionsOfOthers() {
		LearningGroup group = group(VerifierProfile.DEFAULT, 1);
		NearEntry candidate = new NearEntry("1", 1, .9, TextFeatures.of("a"));
		Decline ask = new Decline(Miss.DOUBT, Set.of(), 0, candidate, () -> List.of(candidate));
		assertThat(group.learn(ask, 9, (rival) -> true)).isEqualTo(new Placement(9, List.of()));
		assertThat(group.markWrong(new Accept(candidate, 1, DecisionEvidence.NONE))).isEmpty();
		assertThat(this.log).isEmpty();
	}

	@Test
	void decidesWhileAnotherLearns() throws Exception {
		CountDownLatch learning = new CountDownLatch(1);
		CountDownLatch decided = new CountDownLatch(1);
		LearningGroup group = new LearningGroup(settings(VerifierProfile.DEFAULT, 1), (record) -> {
			learning.countDown();
			await(decided);
		});
		CacheQuestion question = question("rooms for two", "rooms for three", .9);
		Decline ask = (Decline) group.decide(question);
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			Future<Placement> learnt = threads.submit(() -> group.learn(ask, 7, (rival) -> true));
			await(learning);
			Future<HitDecision> decision = threads.submit(() -> group.decide(question));
			assertThat(decision.get(10, TimeUnit.SECONDS)).isInstanceOf(Decline.class);
			assertThat(learnt.isDone()).isFalse();
			decided.countDown();
			assertThat(learnt.get(10, TimeUnit.SECONDS).group()).isEqualTo(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void losesNoLabelOfManyThreads() throws Exception {
		LearningGroup group = group(VerifierProfile.DEFAULT, 8);
		List<Callable<Integer>> tasks = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			Random random = new Random(i);
			tasks.add(() -> IntStream.range(0, 400).map((j) -> learnSomething(group, random)).sum());
		}
		int labels = 0;
		ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
		try {
			for (Future<Integer> result : pool.invokeAll(tasks)) {
				labels += result.get();
			}
		}
		finally {
			pool.shutdownNow();
		}
		assertThat(this.log).hasSize(labels);
		assertThat(group.state().labels()).isEqualTo(this.log.stream().filter(LabelRecord::hasLabel).count());
		LearningGroup replayed = group(VerifierProfile.DEFAULT, 99);
		List.copyOf(this.log).forEach(replayed::replay);
		assertThat(replayed.state()).usingRecursiveComparison().isEqualTo(group.state());
	}

	private static int learnSomething(LearningGroup group, Random random) {
		HitDecision decision = group
			.decide(question("where is my parcel", "where is my " + random.nextInt(50), .7 + .3 * random.nextDouble()));
		if (decision instanceof Decline ask) {
			group.learn(ask, random.nextLong(), (rival) -> rival.cosine() > .8);
			return ask.trial().rivals().isEmpty() ? 0 : 1;
		}
		if (random.nextInt(10) == 0) {
			group.markWrong((Accept) decision);
			return 1;
		}
		group.learnRepeat(random.nextBoolean());
		return 1;
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<HitDecision> decisions(long seed) {
		Traffic traffic = new Traffic(group(VerifierProfile.DEFAULT, seed), 8, seed);
		List<HitDecision> decisions = new ArrayList<>();
		for (int i = 0; i < 800; i++) {
			decisions.add(traffic.request());
		}
		return decisions;
	}

	private static Accept firstHit(Traffic traffic) {
		for (int i = 0; i < 3000; i++) {
			if (traffic.request() instanceof Accept hit) {
				return hit;
			}
		}
		throw new AssertionError("no hit in 3,000 requests");
	}

	private LearningGroup group(VerifierProfile profile, long seed) {
		return new LearningGroup(settings(profile, seed), this.log::add);
	}

	private static VerifierSettings settings(VerifierProfile profile, long seed) {
		return new VerifierSettings(profile, .01, null, seed);
	}

	private static CacheQuestion question(String asked, String stored, double cosine) {
		return new CacheQuestion(TextFeatures.of(asked),
				List.of(new NearEntry("one", 1, cosine, TextFeatures.of(stored))));
	}

}
