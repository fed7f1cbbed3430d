package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import io.github.costwise.Attribution;
import io.github.costwise.Tier;
import io.github.costwise.answer.AnswerRecorder;
import io.github.costwise.answer.Recording;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.TurnOwner;
import io.github.costwise.cache.policy.AdmissionRules;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.policy.Freshness;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;

import static io.github.costwise.cache.response.CacheBench.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EntryWriter} and {@link FreshEntries}: which answers are kept, as
 * what, and what becomes of those that are not.
 */
@Tag("unit")
class StoringTests {

	private static final CacheStoreException DOWN = new CacheStoreException(StoreReason.UNAVAILABLE, "no route", null);

	private final CacheBench bench = CacheBench.create();

	@AfterEach
	void close() {
		this.bench.close();
	}

	private CacheTurn asking(String turn) {
		CacheTurn asking = this.bench.turn(turn);
		assertThat(asking.next()).isInstanceOf(CacheStep.AskModel.class);
		return asking;
	}

	private void assertRefused(Refusal refusal) {
		this.bench.tasks().doAll();
		assertThat(this.bench.counters().refusals(refusal)).isOne();
		assertThat(this.bench.counters().storedAnswers()).isZero();
		assertThat(this.bench.cache.exact().flights().size()).isZero();
		asking("next");
	}

	@ParameterizedTest
	@EnumSource(names = { "EMPTY", "TRUNCATED", "REFUSED", "NEGATIVE", "TOO_LONG", "UNMARKED", "TOOL_RAN",
			"EXPIRING_LINK", "NOT_REPEATABLE" })
	void answerThatIsUnfitIsNotStored(Refusal refusal) {
		asking("one").answered(unfit(refusal));
		assertThat(this.bench.tasks().waiting()).isZero();
		assertRefused(refusal);
	}

	private static FreshAnswer unfit(Refusal refusal) {
		return switch (refusal) {
			case EMPTY -> CacheBench.answer(Recording.NONE);
			case TRUNCATED -> CacheBench.answer(ended("A store", "length"));
			case REFUSED -> CacheBench.answer(ended("A store", "content_filter"));
			case NEGATIVE -> CacheBench.answer("I'm sorry, but I don't know the answer to that.");
			case TOO_LONG -> CacheBench.answer("a".repeat(50_001));
			case UNMARKED -> CacheBench.answer(ended("A store", ""));
			case TOOL_RAN -> ran(Set.of("look"), TokenUsage.of(1, 1));
			case EXPIRING_LINK -> CacheBench
				.answer("https://b.s3.amazonaws.com/a.png?AWSAccessKeyId=AKIA1234567890ABCDEF&Expires=1767225600"
						+ "&Signature=a1B2c3D4e5F6g7H8i9J0k1L2m3N4");
			default -> CacheBench.answer(new Recording(Recording.of("A store.").answer(), null));
		};
	}

	private static Recording ended(String text, String finishReason) {
		return AnswerRecorder.of(ChatResponse.builder()
			.generations(List.of(new Generation(new AssistantMessage(text),
					ChatGenerationMetadata.builder().finishReason(finishReason).build())))
			.build());
	}

	private static FreshAnswer ran(Set<String> tools, TokenUsage usage) {
		return new FreshAnswer(Recording.of("A store."), "m1", Tier.STANDARD, usage, CacheBench.COST, tools);
	}

	@Test
	void searchOfTheProviderIsAToolThatRan() {
		TokenUsage searching = TokenUsage.builder().add(BilledUnit.WEB_SEARCH, 1).build();
		FreshAnswer searched = ran(Set.of("look"), searching);
		assertThat(searched.ran()).containsExactlyInAnyOrder("look", AdmissionRules.WEB_SEARCH);
		assertThat(ran(Set.of("look"), TokenUsage.of(1, 1)).ran()).containsExactly("look");
		asking("one").answered(ran(Set.of(), searching));
		assertRefused(Refusal.TOOL_RAN);
	}

	@Test
	void answerThatIsNoJsonIsNotStoredWhereJsonWasWanted() {
		CacheRequest json = CacheBench.asking(CacheBench.QUESTION)
			.output(Map.of("format", "Answer as JSON."))
			.build()
			.again("one");
		CacheTurn turn = this.bench.turn(json, POLICY);
		turn.next();
		turn.answered(CacheBench.answer("A store."));
		assertRefused(Refusal.SCHEMA);
	}

	@Test
	void storeThatDoesNotTakeAnAnswerIsReportedAndTheNextTurnAsks() {
		CacheTurn one = asking("one");
		one.answered(CacheBench.answer("A store."));
		this.bench.store.failure = DOWN;
		this.bench.tasks().doAll();
		this.bench.store.failure = null;
		assertThat(this.bench.faulty()).isOne();
		assertRefused(Refusal.STORE);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatFindsNoRoomIsNotStoredButStillShared(boolean closed) {
		CacheTurn one = asking("one");
		CacheTurn follower = this.bench.turn("follower");
		follower.next();
		if (closed) {
			this.bench.tasks().close();
		}
		else {
			this.bench.tasks().full(true);
		}
		one.answered(CacheBench.answer("A store."));
		assertThat(follower.next()).isInstanceOf(CacheStep.ServeHit.class);
		this.bench.tasks().full(false);
		assertRefused(Refusal.OVERLOAD);
	}

	@Test
	void whatWasRemovedWhileItWasAskedForOrWaitedIsNotStored() {
		CacheTurn one = asking("one");
		one.answered(CacheBench.answer("A store."));
		this.bench.cache.evict(CacheEviction.label(CacheLabel.tenant("acme")));
		assertRefused(Refusal.EVICTED);
	}

	@Test
	void removalOfOthersOrOfBeforeConcernsNoAnswer() {
		this.bench.cache.evict(CacheEviction.all());
		CacheTurn one = asking("one");
		this.bench.cache.evict(CacheEviction.label(CacheLabel.tenant("umbrella")));
		one.answered(CacheBench.answer("A store."));
		this.bench.tasks().doAll();
		assertThat(this.bench.counters().storedAnswers()).isOne();
	}

	@Test
	void turnDuringWhichTooMuchWasRemovedToRememberStoresNothing() {
		CacheTurn few = asking("few");
		evict(256);
		few.answered(CacheBench.answer("A store."));
		this.bench.tasks().doAll();
		assertThat(this.bench.counters().storedAnswers()).isOne();
		CacheTurn many = this.bench.turn(CacheBench.asking("What is a heap?").build(), POLICY);
		many.next();
		evict(257);
		many.answered(CacheBench.answer("A heap."));
		this.bench.tasks().doAll();
		assertThat(this.bench.counters().refusals(Refusal.EVICTED)).isOne();
	}

	private void evict(int times) {
		for (int i = 0; i < times; i++) {
			this.bench.cache.evict(CacheEviction.label(CacheLabel.tag("other" + i)));
		}
	}

	@Test
	void entrySaysWhoseItIsAndHowLongItIsKept() {
		CachePolicy policy = new CachePolicy(CacheMode.ENFORCE, false, Set.of("faq"),
				new Freshness(Duration.ofHours(2), .5, Duration.ofMinutes(30)), AdmissionRules.defaults(), null);
		CacheRequest plain = CacheBench.request("one");
		TurnOwner owner = plain.owner();
		CacheRequest request = new CacheRequest(plain.prompt(), plain.output(),
				new TurnOwner(new Attribution("desk", "acme", "ann", Map.of("team", "red")), owner.policy(),
						owner.tier(), "7", owner.answerer()),
				plain.path(), "one", false);
		CacheTurn turn = this.bench.turn(request, policy);
		turn.next();
		turn.answered(CacheBench.answer("A store."));
		this.bench.tasks().doAll();
		CacheEntry entry = this.bench.store.puts.get(0);
		assertThat(entry.createdAt()).isEqualTo(this.bench.time.instant());
		assertThat(Duration.between(entry.createdAt(), entry.expiresAt())).isBetween(Duration.ofMinutes(60 + 30),
				Duration.ofMinutes(120 + 30));
		assertThat(entry.group()).isEqualTo(CacheEntry.groupOf(entry.id()));
		assertThat(entry.vector()).isNull();
		assertThat(entry.labels()).containsExactlyInAnyOrder(CacheLabel.tag("faq"), CacheLabel.tag("team=red"),
				CacheLabel.tenant("acme"), CacheLabel.user("ann"), CacheLabel.feature("desk"),
				CacheLabel.promptVersion("7"));
		CacheEntry moved = FreshEntries.inGroup(entry, "00112233445566aa");
		assertThat(moved).usingRecursiveComparison().ignoringFields("group").isEqualTo(entry);
		assertThat(moved.group()).isEqualTo("00112233445566aa");
	}

}
