package io.github.costwise.cache.admission;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests for {@link ExpiringLinks}.
 */
@Tag("thorough")
class ExpiringLinksTests {

	private static final String HEX = "6c1a9f0b3d5e7a2c4f8091b2d3e4f506172839405a6b7c8d9e0f1a2b3c4d5e6f";

	@ParameterizedTest
	@ValueSource(strings = {
			"https://b.s3.amazonaws.com/a.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260101T000000Z"
					+ "&X-Amz-Expires=3600&X-Amz-Signature=" + HEX,
			"https://b.s3.amazonaws.com/a.png?AWSAccessKeyId=AKIA1234567890ABCDEF&Expires=1767225600"
					+ "&Signature=aB3dE5fG7hJ9kL1mN3pQ%3D",
			"https://acc.blob.core.windows.net/c/a.pdf?sv=2024-11-04&se=2026-01-01T00%3A00%3A00Z&sr=b&sp=r"
					+ "&sig=aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9f%3D",
			"https://storage.googleapis.com/b/a?X-Goog-Date=20260101T000000Z&X-Goog-Expires=900&X-Goog-Signature="
					+ HEX,
			"https://d1.cloudfront.net/a.mp4?Policy=eyJTdGF0ZW1lbnQiOlt7IlJlc291cmNlIjoi&Signature=a1B2c3D4e5F6g7H8i9J0"
					+ "&Key-Pair-Id=K2JCJMDEHXQW5F",
			"https://cdn.example.org/v.m3u8?hdnts=exp=1767225600~acl=/*~hmac=" + HEX,
			"https://cdn.example.org/a.png?ex=695a1b2c&is=6958c9ac&hm=" + HEX,
			"https://img.example.org/a.jpg?oh=00_AfB3dE5fG7hJ9kL1mN3pQ5r&oe=69A1B2C3",
			"https://oss.example.org/a?OSSAccessKeyId=LTAI5tXyZ&Expires=1767225600&Signature=aB3dE5fG7hJ9kL1mN3pQ",
			"https://cos.example.org/a?q-sign-algorithm=sha1&q-sign-time=1767225600;1767229200&q-signature=" + HEX,
			"https://cdn.example.org/a?verify=1767225600-aB3dE5fG7hJ9kL1mN3pQ5rS7",
			"https://cdn.example.org/a?token=aB3dE5fG7hJ9kL1mN3pQ&valid_until=1767225600",
			"See [the file](/files/9?expires=3600&token=aB3dE5fG7hJ9kL1mN3pQ).",
			"<img src=\"https://x.example.org/a?Expires=1767225600&amp;Signature=aB3dE5fG7hJ9kL1mN3pQ\">" })
	void signedForATime(String text) {
		assertThat(ExpiringLinks.isIn(text)).isTrue();
		assertThat(ExpiringLinks.isIn("Is it here? Yes: " + text + " and so on?")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Really?", "What is 1+1? It is 2.", "https://example.org/?page=2&sort=asc",
			"https://www.example.org/watch?v=dQw4w9WgXcQ&t=1234",
			"https://example.org/search?q=how+long+does+a+signature+last&lang=en",
			"https://example.org/a?utm_source=newsletter&utm_campaign=spring-sale-2026&utm_medium=email",
			"https://example.org/article?id=1767225600", "https://example.org/a?date=2026-01-01",
			"https://example.org/docs?topic=X-Amz-Expires-and-Signature-explained",
			"https://example.org/calendar?start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z",
			"How do I set ?Expires=... on a link?", "x ? a=b : c=d" })
	void lasting(String text) {
		assertThat(ExpiringLinks.isIn(text)).isFalse();
	}

	@Test
	void takesTimeInProportionToTheText() {
		assertThatCode(() -> assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
			for (String unit : new String[] { "?", "?a=", "?a&", "a1", "?1767225600-", "?a=b~" }) {
				ExpiringLinks.isIn("?" + unit.repeat(500_000));
			}
		})).doesNotThrowAnyException();
	}

}
