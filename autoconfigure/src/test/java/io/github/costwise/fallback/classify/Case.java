package io.github.costwise.fallback.classify;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.testsupport.Answer;

/** What a provider answers, and what that means. */
record Case(Vendor vendor, boolean stream, String name, Answer answer, Failure expected) {

	Case means(FailureKind kind, @Nullable Duration retryAfter, int status) {
		return new Case(this.vendor, this.stream, this.name, this.answer, new Failure(kind, retryAfter, status));
	}

	Case means(FailureKind kind, int status) {
		return means(kind, null, status);
	}

	@Override
	public String toString() {
		return this.vendor + (this.stream ? " stream: " : " call: ") + this.name;
	}

}
