package io.github.costwise.sample;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostCache;

/** The support desk over HTTP. */
@RestController
@RequestMapping("/api")
class SupportDeskController {

	private static final Log logger = LogFactory.getLog(SupportDeskController.class);

	/** Names the cache hit that an answer comes from, and the one that was wrong. */
	private static final String HIT = "X-Cache-Hit";

	private final SupportDesk desk;

	private final CostCache cache;

	SupportDeskController(SupportDesk desk, CostCache cache) {
		this.desk = desk;
		this.cache = cache;
	}

	@PostMapping("/answers")
	ResponseEntity<Map<String, String>> answer(@RequestBody Inquiry inquiry) {
		DeskAnswer answer = this.desk.answer(inquiry.text(), inquiry.tenant(), inquiry.user());
		ResponseEntity.BodyBuilder response = ResponseEntity.ok();
		if (answer.hit() != null) {
			response.header(HIT, answer.hit());
		}
		return response.body(Map.of("answer", answer.text()));
	}

	@DeleteMapping("/answers")
	Map<String, Boolean> markWrong(@RequestHeader(HIT) String hit) {
		return Map.of("removed", this.cache.markWrong(hit));
	}

	@PostMapping("/summaries")
	Map<String, String> summarise(@RequestBody Inquiry inquiry) {
		return Map.of("summary", this.desk.summarise(inquiry.text(), inquiry.tenant(), inquiry.user()));
	}

	@PostMapping("/facts")
	TicketFacts extract(@RequestBody Inquiry inquiry) {
		return this.desk.extract(inquiry.text(), inquiry.tenant(), inquiry.user());
	}

	@PostMapping("/chat")
	Flux<ServerSentEvent<Chunk>> chat(@RequestBody Inquiry inquiry) {
		return this.desk.chat(inquiry.text(), inquiry.tenant(), inquiry.user())
			.map((text) -> new Chunk(text, null))
			.onErrorResume((failure) -> Flux.just(new Chunk(null, describe(failure))))
			.map((chunk) -> ServerSentEvent.builder(chunk).build());
	}

	@ExceptionHandler
	ProblemDetail handle(HttpMessageNotReadableException failure) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				"Send JSON such as {\"text\": \"How do I return a lamp?\", \"tenant\": \"acme\", \"user\": \"ann\"}; "
						+ "tenant and user may be left out.");
	}

	@ExceptionHandler
	ProblemDetail handle(IllegalArgumentException failure) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, failure.getMessage());
	}

	/**
	 * Without it, the exceptions of budgets would be taken for those of a model below.
	 */
	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(BudgetExceededException refused) {
		ResponseEntity.BodyBuilder response = ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS);
		if (refused.retryAfter() != null) {
			response.header(HttpHeaders.RETRY_AFTER, Long.toString(refused.retryAfter().toSeconds()));
		}
		return response.body(ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, describe(refused)));
	}

	@ExceptionHandler
	ProblemDetail handle(RuntimeException failure) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, describe(failure));
	}

	private static String describe(Throwable failure) {
		if (failure instanceof BudgetExceededException) {
			return "Your company has no budget left for the desk.";
		}
		logger.warn("The model did not answer: " + failure);
		return "The model did not answer (" + failure.getClass().getSimpleName() + ").";
	}

	/**
	 * What a customer writes. A real application knows tenant and user from the sign-in.
	 *
	 * @param text the question or ticket
	 * @param tenant the company that pays, {@code acme} unless given
	 * @param user the person who asks, {@code ann} unless given
	 */
	record Inquiry(String text, String tenant, String user) {

		Inquiry(@Nullable String text, @Nullable String tenant, @Nullable String user) {
			Assert.hasText(text, "'text' must not be empty");
			this.text = text;
			this.tenant = StringUtils.hasText(tenant) ? tenant : "acme";
			this.user = StringUtils.hasText(user) ? user : "ann";
		}

	}

	/**
	 * A piece of a streamed answer.
	 *
	 * @param text the next words, or {@code null} at a failure
	 * @param failure what went wrong, or {@code null}
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Chunk(@Nullable String text, @Nullable String failure) {

	}

}
