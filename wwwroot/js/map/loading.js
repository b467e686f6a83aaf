// Shapes by address, tried until they are there: a wall that starts while the server is busy must not stay blank.
const again = [1000, 2000, 5000];

/** Loads the shapes of all layers. `onFailure` is told how often it has failed; `given` says whether nobody waits any more. */
export async function loadShapes(layers, onFailure, given) {
  for (let failures = 0; !given(); failures++) {
    try {
      // The same shapes may serve as filled ones and as outlines.
      const answers = new Map();
      const shapes = async url => {
        const answer = await fetch(url);
        if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
        return answer.json();
      };
      for (const { url } of layers) if (!answers.has(url)) answers.set(url, shapes(url));
      return await Promise.all(layers.map(layer => answers.get(layer.url)));
    } catch (error) {
      if (failures === 0) console.warn('The shapes of the map did not load; trying again.', error);
      onFailure(failures + 1);
      await new Promise(resolve => setTimeout(resolve, again[Math.min(failures, again.length - 1)]));
    }
  }
  return [];
}
