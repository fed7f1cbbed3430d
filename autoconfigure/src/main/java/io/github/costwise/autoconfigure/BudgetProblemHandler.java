package io.github.costwise.autoconfigure;

import java.net.URI;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.budget.BudgetNotice;

/**
 * Answers with status 429 where a budget has no room for a request, in servlet and
 * reactive applications. Handlers of the application come first. Thread-safe.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class BudgetProblemHandler {

	private static final URI TYPE = URI.create("tag:costwise.github.io,2026:budget-exceeded");

	private final boolean amounts;

	BudgetProblemHandler(boolean amounts) {
		this.amounts = amounts;
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(BudgetExceededException refused) {
		BudgetNotice notice = BudgetNotice.of(refused, this.amounts);
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, notice.detail());
		problem.setType(TYPE);
		problem.setTitle(notice.title());
		problem.setProperty("reason", notice.reason());
		ResponseEntity.BodyBuilder response = ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		if (notice.retryAfter() != null) {
			response.header(HttpHeaders.RETRY_AFTER, Long.toString(notice.retryAfter().toSeconds()));
		}
		return response.body(problem);
	}

}
