package io.github.costwise.advisor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.TurnDeadlineException;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.pipeline.CallPillar;
import io.github.costwise.pipeline.CallPlan;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.EarlyEnd;
import io.github.costwise.spi.FailureClassifier;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.FakeTime;
import io.github.costwise.time.Time;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamedCall}: demand, cancellation, and streams that do not keep to
 * the rules.
 */
@Tag("chain")
class StreamedCallTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String FALLBACK = "costwise.policies.default.fallback.";

	private final SeeingModel one = new SeeingModel();

	private final SeeingModel two = new SeeingModel();

	private final List<Long> requested = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner alone = CostwiseRunner.create()
		.withBean("one", ChatModel.class, () -> this.one)
		.withBean("two", ChatModel.class, () -> this.two)
		.withBean("failures", FailureClassifier.class, () -> SeeingModel.FAILURES)
		.withPropertyValues("costwise.chat.default-model=one", "costwise.policies.default.routing.mode=enforce",
				FALLBACK + "enabled=true", "costwise.routing.tiers.standard.targets[0].bean=one",
				"costwise.routing.tiers.standard.targets[0].model=m1");

	private final ApplicationContextRunner both = this.alone.withPropertyValues(
			"costwise.routing.tiers.standard.targets[1].bean=two",
			"costwise.routing.tiers.standard.targets[1].model=m2");

	private static Flux<ChatResponse> stream(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build().prompt("How far is the moon?").stream().chatResponse();
	}

	private static Flux<String> texts(ApplicationContext context) {
		return stream(context).map((chunk) -> chunk.getResult().getOutput().getText());
	}

	private Flux<ChatResponse> counted(Flux<ChatResponse> answer) {
		return answer.doOnRequest(this.requested::add);
	}

	@Test
	void streamThatIsRetriedTwiceAfterWaitsEnds() {
		this.one.will(SeeingModel.isBusy(Duration.ofMillis(20)), SeeingModel.isBusy(Duration.ofMillis(10)),
				SeeingModel.answers("fa", "r"));
		this.alone.run((context) -> {
			StepVerifier.create(texts(context)).expectNext("fa", "r", "").expectComplete().verify(LIMIT);
			assertThat(this.one.seen).hasSize(3);
		});
	}

	@Test
	void whoeverRequestsOneByOneGetsAllInOrderAlsoWhatWasHeld() {
		Flux<ChatResponse> held = Flux.just(SeeingModel.chunk("", null), SeeingModel.chunk("", null));
		this.one.will(counted(held.concatWith(SeeingModel.isDown())));
		this.two.will(counted(held.concatWith(SeeingModel.answers("a", "b", "c"))));
		this.both.run((context) -> {
			StepVerifier.Step<String> steps = StepVerifier.create(texts(context), 0);
			for (String text : List.of("", "", "a", "b", "c", "")) {
				steps = steps.thenRequest(1).expectNext(text);
			}
			steps.expectComplete().verify(LIMIT);
			assertThat(this.requested).isNotEmpty().allSatisfy((count) -> assertThat(count).isPositive());
		});
	}

	/** A thought uses up what was requested; then another target takes over. */
	@Test
	void nothingIsRequestedForWhoeverHasRequestedNothing() {
		this.one.will(counted(Flux.just(SeeingModel.thought("hm")).concatWith(SeeingModel.isDown())));
		this.two.will(counted(SeeingModel.answers("a")));
		Hesitating hesitating = new Hesitating();
		this.both.withPropertyValues(FALLBACK + "after-thoughts=true").run((context) -> {
			Flux<String> answer = context.getBean(ChatClient.Builder.class)
				.defaultAdvisors(hesitating)
				.build()
				.prompt("How far is the moon?")
				.stream()
				.content();
			StepVerifier.create(answer)
				.expectNext("hm")
				.then(() -> Eventually.holds(() -> !this.two.seen.isEmpty()))
				.then(() -> hesitating.asks.request(5))
				.expectNext("a")
				.thenCancel()
				.verify(LIMIT);
			assertThat(this.requested).isNotEmpty().allSatisfy((count) -> assertThat(count).isPositive());
		});
	}

	@Test
	void whoeverTakesOneCancelsTheRestWhichIsSettledOnce() {
		AtomicInteger cancelled = new AtomicInteger();
		this.one
			.will(SeeingModel.answers("a", "b", "c").concatWith(Flux.never()).doOnCancel(cancelled::incrementAndGet));
		this.both.run((context) -> {
			assertThat(texts(context).take(1).collectList().block(LIMIT)).containsExactly("a");
			assertThat(cancelled).hasValue(1);
			assertThat(CostwiseRunner.calls(context)).extracting(CallRecord::outcome)
				.containsExactly(Outcome.CANCELLED);
			assertThat(this.two.seen).isEmpty();
		});
	}

	/** The memory sees a finished message, and the provider is not read to its end. */
	@Test
	void answerThatIsEndedEarlyIsWholeForAllAroundIt() {
		AtomicInteger cancelled = new AtomicInteger();
		this.one
			.will(SeeingModel.answers("a", "b", "c").concatWith(Flux.never()).doOnCancel(cancelled::incrementAndGet));
		ChatMemory memory = MessageWindowChatMemory.builder().build();
		this.both.withBean(CallPillar.class, () -> new Ending("b")).run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class)
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
				.build();
			List<ChatResponse> chunks = client.prompt("How far is the moon?")
				.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "1"))
				.stream()
				.chatResponse()
				.collectList()
				.block(LIMIT);
			assertThat(chunks).extracting((chunk) -> chunk.getResult().getOutput().getText())
				.containsExactly("a", "b", "");
			assertThat(chunks.get(2).getResult().getMetadata().getFinishReason()).isEqualTo("stop");
			assertThat(memory.get("1")).last().satisfies((said) -> assertThat(said.getText()).isEqualTo("ab"));
			Eventually.holds(() -> cancelled.get() == 1);
			assertThat(CostwiseRunner.calls(context)).singleElement()
				.satisfies((call) -> assertThat(call.outcome()).isEqualTo(Outcome.SUCCEEDED));
			assertThat(this.two.seen).isEmpty();
		});
	}

	@Test
	void nothingComesAfterTheCallerWentAway() {
		TestPublisher<ChatResponse> unruly = TestPublisher
			.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
		this.one.will(counted(unruly.flux()));
		this.both.run((context) -> {
			List<String> seen = new CopyOnWriteArrayList<>();
			BaseSubscriber<String> caller = new BaseSubscriber<>() {

				@Override
				protected void hookOnNext(String text) {
					seen.add(text);
				}

			};
			texts(context).subscribe(caller);
			Eventually.holds(() -> !this.requested.isEmpty());
			unruly.next(SeeingModel.chunk("a", null));
			Eventually.holds(() -> !seen.isEmpty());
			caller.cancel();
			unruly.next(SeeingModel.chunk("b", null));
			unruly.error(new IllegalStateException("late"));
			assertThat(CostwiseRunner.calls(context)).hasSize(1);
			assertThat(seen).containsExactly("a");
			assertThat(this.two.seen).isEmpty();
		});
	}

	@Test
	void streamThatNeverBeginsIsCancelledAtTheDeadline() {
		AtomicReference<Subscriber<? super ChatResponse>> waiting = new AtomicReference<>();
		this.one.will(Flux.from((subscriber) -> waiting.set(subscriber)));
		this.both.withPropertyValues(FALLBACK + "deadline=1s").run((context) -> {
			StepVerifier.create(texts(context)).expectError(TurnDeadlineException.class).verify(LIMIT);
			List<String> done = new CopyOnWriteArrayList<>();
			waiting.get().onSubscribe(new Subscription() {

				@Override
				public void request(long count) {
					done.add("request");
				}

				@Override
				public void cancel() {
					done.add("cancel");
				}

			});
			assertThat(done).startsWith("cancel");
			assertThat(CostwiseRunner.calls(context)).extracting(CallRecord::outcome)
				.containsExactly(Outcome.TIMED_OUT);
		});
	}

	@Test
	void streamThatNeverBeginsIsReplacedWhenItsTimeIsUp() {
		this.one.will(Flux.from((subscriber) -> {
		}));
		this.two.will(SeeingModel.answers("a"));
		this.both.withPropertyValues(FALLBACK + "attempt-timeout=1s")
			.run((context) -> StepVerifier.create(texts(context)).expectNext("a", "").expectComplete().verify(LIMIT));
	}

	/**
	 * The options of a model are read when it is chosen, and when its call is planned.
	 */
	@Test
	void nothingIsLeftOfACallWhoseCallerWentAwayBeforeItWasSent() {
		FakeTime time = new FakeTime();
		this.both.withBean("time", Time.class, time::time)
			.withPropertyValues(FALLBACK + "attempt-timeout=1s")
			.run((context) -> {
				int before = time.waiting();
				for (int reading = 1; this.one.seen.isEmpty(); reading++) {
					BaseSubscriber<String> caller = new BaseSubscriber<>() {
					};
					Flux<String> answer = texts(context);
					AtomicInteger left = new AtomicInteger(reading);
					this.one.planning = () -> {
						if (left.decrementAndGet() == 0) {
							caller.cancel();
						}
					};
					this.one.will(Flux.never());
					answer.subscribe(caller);
					assertThat(reading).as("the model is asked some time").isLessThan(100);
					assertThat(time.waiting()).as("cancelled at reading %d", reading)
						.isEqualTo(this.one.seen.isEmpty() ? before : before + 1);
				}
				assertThat(CostwiseRunner.calls(context)).isEmpty();
			});
	}

	/**
	 * Stands before the calls and asks for the first piece alone, until it is notified.
	 */
	private static final class Hesitating implements StreamAdvisor {

		private final BaseSubscriber<ChatClientResponse> asks = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				request(1);
			}

			@Override
			protected void hookOnNext(ChatClientResponse piece) {
				Hesitating.this.pieces.tryEmitNext(piece).orThrow();
			}

		};

		private final Sinks.Many<ChatClientResponse> pieces = Sinks.many().unicast().onBackpressureBuffer();

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			return this.pieces.asFlux()
				.doOnSubscribe((one) -> chain.nextStream(request).subscribe(this.asks))
				.doOnCancel(this.asks::cancel);
		}

		@Override
		public String getName() {
			return "hesitating";
		}

		@Override
		public int getOrder() {
			return CostCallAdvisor.ORDER - 1;
		}

	}

	/** Ends answers after a chunk. */
	private record Ending(String last) implements CallPillar {

		@Override
		public int getOrder() {
			return 0;
		}

		@Override
		public Faults.Kind faultKind() {
			return Faults.Kind.ROUTING;
		}

		@Override
		public EarlyEnd watch(CostTurn turn, CallPlan plan) {
			return (chunk) -> this.last.equals(chunk.getResult().getOutput().getText()) ? "stop" : null;
		}

	}

}
