package io.github.costwise.cache.response;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.background.Background;
import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.memory.FileResponseCacheStore;
import io.github.costwise.cache.memory.InMemoryLabelLog;
import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.verify.Assessment;
import io.github.costwise.cache.verify.CacheQuestion;
import io.github.costwise.cache.verify.HitDecision.Decline;
import io.github.costwise.cache.verify.HitPrior;
import io.github.costwise.cache.verify.LabelRecord;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.NearEntry;
import io.github.costwise.cache.verify.TextFeatures;
import io.github.costwise.cache.verify.VerifierSettings;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LearningGroups} and {@link GroupLearner}.
 */
@Timeout(60)
@Tag("unit")
class LearningGroupsTests {

	private static final SemanticRules RULES = SemanticRules.defaults();

	private static final float SURE = .99f;

	private final CacheTasks tasks = new CacheTasks(new Background(new Faults()), new FakeTime().time());

	private final InMemoryLabelLog log = new InMemoryLabelLog();

	private final InMemoryResponseCacheStore store = new InMemoryResponseCacheStore(MemoryStoreSettings.defaults(),
			Clock.systemUTC());

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.tasks.close();
	}

	@Test
	void wordsOfStoredQuestionsAreKnownAfterARestart() throws Exception {
		Path file = this.directory.resolve("cache");
		LearningGroup expected = new LearningGroup(
				new VerifierSettings(RULES.profile(), RULES.maxErrorRate(), HitPrior.shipped(), 1), (label) -> {
				});
		try (FileResponseCacheStore before = open(file)) {
			for (int i = 0; i < 200; i++) {
				CacheEntry entry = entry("how do I pay card number" + i, "desk");
				before.put(entry);
				before.put(entry("penguins sleep while standing " + i, "zoo"));
				expected.observe(TextFeatures.of(entry.question()));
			}
		}
		try (FileResponseCacheStore restored = open(file)) {
			LearningGroup group = groups(restored).of("desk", RULES, "encoder", "en").group();
			Eventually.holds(() -> assess(group).equals(assess(expected)));
		}
		assertThat(assess(groups(this.store).of("desk", RULES, "encoder", "en").group()))
			.isNotEqualTo(assess(expected));
	}

	@Test
	void whatOthersFoundOutdatedIsRemoved() {
		GroupLearner learner = groups(this.store).of("desk", RULES, "encoder", "en");
		CacheEntry outdated = entry("how do I pay", "desk");
		CacheEntry valid = entry("how do I sleep", "desk");
		this.store.put(outdated);
		this.store.put(valid);
		append(learner, outdated, false, false);
		append(learner, valid, true, true);
		learner.read();
		assertThat(this.store.stats().entries()).isOne();
		assertThat(this.store.nearest(valid.partition(), CacheEntries.vector(1), 5)).singleElement()
			.satisfies((neighbour) -> assertThat(neighbour.entry().id()).isEqualTo(valid.id()));
		assertThat(learner.group().isOutdated(SemanticTier.group(outdated.group()))).isTrue();
	}

	@Test
	void whatOthersFoundRightAgainStays() {
		GroupLearner learner = groups(this.store).of("desk", RULES, "encoder", "en");
		CacheEntry entry = entry("how do I pay", "desk");
		this.store.put(entry);
		append(learner, entry, false, false, true);
		learner.read();
		assertThat(this.store.stats().entries()).isOne();
	}

	@Test
	void ownLabelsAreNotLearntTwice() {
		LearningGroups groups = groups(this.store);
		GroupLearner learner = groups.of("desk", RULES, "encoder", "en");
		learner.group().learnRepeat(true);
		append(learner, entry("how do I pay", "desk"), true);
		Eventually.holds(() -> this.log.read(learner.id(), 0, 10).records().size() >= 2);
		learner.read();
		assertThat(learner.group().state().labels()).isOne();
		assertThat(groups.groups()).containsOnlyKeys("desk (default, 0.01)");
		assertThat(groups.lostLabels()).isZero();
	}

	@Test
	void featuresLearnApart() {
		LearningGroups groups = groups(this.store);
		assertThat(groups.of("desk", RULES, "encoder", "en")).isSameAs(groups.of("desk", RULES, "encoder", "en"))
			.isNotSameAs(groups.of("zoo", RULES, "encoder", "en"))
			.isNotSameAs(groups.of("desk", RULES, "other", "en"))
			.isNotSameAs(groups.of("desk", new SemanticRules(RULES.profile(), .02, 0), "encoder", "en"))
			.isNotSameAs(groups.of(null, RULES, "encoder", "en"));
	}

	@Test
	void languagesLearnApartAndOnlyEnglishBeginsWithAPrior() {
		LearningGroups groups = groups(this.store);
		GroupLearner english = groups.of("desk", RULES, "encoder", "en");
		GroupLearner other = groups.of("desk", RULES, "encoder", "latin");
		assertThat(other).isNotSameAs(english);
		assertThat(other.id()).isNotEqualTo(english.id());
		assertThat(english.group().state().weights()).isNotEmpty();
		assertThat(other.group().state().weights()).isEmpty();
		assertThat(groups.groups()).containsOnlyKeys("desk (default, 0.01)", "desk (default, 0.01, latin)");
	}

	@Test
	void tooManyFeaturesShareOneGroup() {
		LearningGroups groups = groups(this.store);
		for (int i = 0; i < 1_000; i++) {
			groups.of("feature" + i, RULES, "encoder", "en");
		}
		assertThat(groups.of("one more", RULES, "encoder", "en"))
			.isSameAs(groups.of("another", RULES, "encoder", "en"));
		assertThat(groups.groups()).hasSize(1_001);
	}

	/** Another instance compared fresh answers with an entry. */
	private void append(GroupLearner learner, CacheEntry entry, boolean... same) {
		for (boolean each : same) {
			float[] features = new float[LabelRecord.of(sample()).features().length];
			LabelRecord label = new LabelRecord(new float[0], features, SURE, 0, 0,
					new long[] { SemanticTier.group(entry.group()) }, each ? 1 : 0, LabelRecord.Repeat.NONE);
			byte[] record = label.toBytes();
			this.log.append(learner.id(),
					List.of(ByteBuffer.allocate(Long.BYTES + record.length).putLong(7).put(record).array()));
		}
	}

	/** A label as it is really written, which tells how many features there are. */
	private static byte[] sample() {
		byte[][] written = new byte[1][];
		LearningGroup group = new LearningGroup(
				new VerifierSettings(RULES.profile(), RULES.maxErrorRate(), HitPrior.shipped(), 1),
				(label) -> written[0] = label.toBytes());
		group.learn((Decline) group.decide(question()), 1, (rival) -> true);
		return written[0];
	}

	private static Assessment assess(LearningGroup group) {
		return group.assess(question());
	}

	private static CacheQuestion question() {
		return new CacheQuestion(TextFeatures.of("how do I pay penguins"),
				List.of(new NearEntry("a", 1, .9, TextFeatures.of("how do I pay card"))));
	}

	private LearningGroups groups(ResponseCacheStore entries) {
		return new LearningGroups(this.log, this.tasks, HitPrior.shipped(), entries);
	}

	private static FileResponseCacheStore open(Path file) {
		return FileResponseCacheStore.open(file, MemoryStoreSettings.defaults(), Clock.systemUTC(), Runnable::run);
	}

	private static CacheEntry entry(String question, String feature) {
		return CacheEntries.entry("p", question, CacheEntries.vector(question.hashCode()),
				Instant.now().plusSeconds(600), CacheLabel.feature(feature));
	}

}
