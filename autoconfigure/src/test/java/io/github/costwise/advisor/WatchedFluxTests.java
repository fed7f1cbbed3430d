package io.github.costwise.advisor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WatchedFlux} and {@link LastChunk}.
 */
@Tag("chain")
class WatchedFluxTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static ChatClientResponse chunk(String text, @Nullable String finishReason) {
		Generation generation = new Generation(new AssistantMessage(text),
				ChatGenerationMetadata.builder().finishReason(finishReason).build());
		return ChatClientResponse.builder().chatResponse(new ChatResponse(List.of(generation))).build();
	}

	private static ChatClientResponse usage() {
		return ChatClientResponse.builder()
			.chatResponse(
					new ChatResponse(List.of(), ChatResponseMetadata.builder().usage(new DefaultUsage(3, 4)).build()))
			.build();
	}

	private static Flux<String> names(Flux<ChatClientResponse> chunks) {
		return WatchedFlux.of(chunks, new Marking()).map(WatchedFluxTests::name);
	}

	private static String name(ChatClientResponse chunk) {
		boolean empty = chunk.chatResponse().getResult() == null;
		String text = empty ? "none" : chunk.chatResponse().getResult().getOutput().getText();
		return chunk.context().containsKey("last") ? text + " last" : text;
	}

	@Test
	void chunkWithTheFinishReasonIsTheLast() {
		StepVerifier.create(names(Flux.just(chunk("a", null), chunk("b", "STOP"))))
			.expectNext("a", "b last")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void usageAfterTheFinishReasonIsTheLast() {
		StepVerifier.create(names(Flux.just(chunk("a", null), chunk("", "STOP"), usage())))
			.expectNext("a", "", "none last")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void usageWithoutNumbersIsPassedOn() {
		Usage strange = new Usage() {

			@Override
			public @Nullable Integer getPromptTokens() {
				return null;
			}

			@Override
			public @Nullable Integer getCompletionTokens() {
				return null;
			}

			@Override
			public @Nullable Integer getTotalTokens() {
				return null;
			}

			@Override
			public @Nullable Object getNativeUsage() {
				return null;
			}

		};
		ChatClientResponse chunk = ChatClientResponse.builder()
			.chatResponse(new ChatResponse(List.of(), ChatResponseMetadata.builder().usage(strange).build()))
			.build();
		StepVerifier.create(names(Flux.just(chunk("a", null), chunk)))
			.expectNext("a", "none", "none last")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void oneIsAddedWhereNoneLooksLikeTheLast() {
		StepVerifier.create(names(Flux.just(chunk("a", null), chunk("b", ""))))
			.expectNext("a", "b", "none last")
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(names(Flux.empty())).expectNext("none last").expectComplete().verify(LIMIT);
	}

	@Test
	void chunksThatAreNotTheLastComeAtOnceAndUsageOfThePromptDelaysNothing() {
		Sinks.Many<ChatClientResponse> model = Sinks.many().unicast().onBackpressureBuffer();
		StepVerifier.create(names(model.asFlux()))
			.then(() -> model.tryEmitNext(usage()))
			.expectNext("none")
			.then(() -> model.tryEmitNext(chunk("a", null)))
			.expectNext("a")
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void streamThatGoesOnAfterAFinishReasonLosesNothing() {
		StepVerifier.create(names(Flux.just(chunk("tool", "TOOL_CALLS"), chunk("a", null), chunk("b", "STOP"))))
			.expectNext("tool", "a", "b last")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void onlyWhatIsRequestedIsGiven() {
		StepVerifier.create(names(Flux.just(chunk("a", null), chunk("", "STOP"), usage())), 0)
			.thenRequest(1)
			.expectNext("a")
			.thenRequest(1)
			.expectNext("")
			.thenRequest(1)
			.expectNext("none last")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void failureComesAfterAllThatWasAnswered() {
		IllegalStateException failure = new IllegalStateException("down");
		StepVerifier.create(names(Flux.just(chunk("a", "STOP")).concatWith(Flux.error(failure))))
			.expectNext("a")
			.expectErrorSatisfies((error) -> assertThat(error).isSameAs(failure))
			.verify(LIMIT);
	}

	@Test
	void whatIsAddedWaitsUntilItIsRequested() {
		StepVerifier.create(names(Flux.just(chunk("a", null))), 1)
			.expectNext("a")
			.expectNoEvent(Duration.ZERO)
			.thenRequest(1)
			.expectNext("none last")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void nothingIsAddedForWhoeverHasLeft() {
		StepVerifier.create(names(Flux.just(chunk("a", null))), 1).expectNext("a").thenCancel().verify(LIMIT);
		Sinks.Many<ChatClientResponse> model = Sinks.many().unicast().onBackpressureBuffer();
		StepVerifier.create(names(model.asFlux()).take(1))
			.then(() -> model.tryEmitNext(chunk("a", null)))
			.expectNext("a")
			.expectComplete()
			.verify(LIMIT);
		assertThat(model.currentSubscriberCount()).isZero();
	}

	/** Whoever asks and the end of the stream race; the last chunk comes once. */
	@Test
	void lastChunkComesOnceWhoeverIsFirst() {
		for (int i = 0; i < 500; i++) {
			Sinks.Many<ChatClientResponse> model = Sinks.many().unicast().onBackpressureBuffer();
			List<String> seen = new CopyOnWriteArrayList<>();
			BaseSubscriber<String> caller = new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					subscription.request(1);
				}

				@Override
				protected void hookOnNext(String text) {
					seen.add(text);
				}

			};
			names(model.asFlux()).subscribe(caller);
			model.tryEmitNext(chunk("a", null));
			CompletableFuture
				.allOf(CompletableFuture.runAsync(() -> caller.request(1)),
						CompletableFuture.runAsync(model::tryEmitComplete))
				.join();
			assertThat(seen).containsExactly("a", "none last");
		}
	}

	/** Marks the last chunk. */
	private static final class Marking implements WatchedFlux.Watcher<ChatClientResponse> {

		private boolean first = true;

		@Override
		public boolean next(ChatClientResponse chunk) {
			boolean may = LastChunk.mayBe(chunk.chatResponse(), this.first);
			this.first = false;
			return may;
		}

		@Override
		public ChatClientResponse completed(@Nullable ChatClientResponse waiting) {
			ChatClientResponse last = (waiting != null) ? waiting : TurnMetadata.after(null);
			return last.mutate().context("last", true).build();
		}

		@Override
		public void failed(Throwable error) {
		}

		@Override
		public void cancelled() {
		}

	}

}
