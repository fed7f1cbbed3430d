package io.github.costwise.testsupport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import tools.jackson.databind.JsonNode;

/** Embeddings: every input gets the same small vector. */
final class OpenAiEmbeddingsWire implements Wire {

	private static final float[] VECTOR = { 0.6f, 0.8f, 0f };

	@Override
	public boolean serves(String path) {
		return path.endsWith("/embeddings");
	}

	@Override
	public Object body(LoopbackRequest request, Answer answer) {
		JsonNode input = request.body().path("input");
		int count = input.isArray() ? input.size() : 1;
		boolean base64 = "base64".equals(request.body().path("encoding_format").asString(""));
		List<Object> data = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			data.add(Json.map("object", "embedding", "index", i, "embedding", base64 ? encoded() : VECTOR));
		}
		return Json.map("object", "list", "data", data, "model", answer.modelOr(request.model()), "usage",
				answer.usageOr("{\"prompt_tokens\":8,\"total_tokens\":8}"));
	}

	@Override
	public List<String> chunks(LoopbackRequest request, Answer answer) {
		throw new IllegalStateException("Embeddings are not streamed");
	}

	@Override
	public Object error(int status) {
		return OpenAiWire.errorOf(status);
	}

	private static String encoded() {
		ByteBuffer bytes = ByteBuffer.allocate(VECTOR.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		for (float value : VECTOR) {
			bytes.putFloat(value);
		}
		return Base64.getEncoder().encodeToString(bytes.array());
	}

}
